//! `preconsult form`: writes the blank questionnaire for paper.

use super::{load_pack, output_plan, print, print_path};
use crate::cli::FormArgs;
use crate::error::Error;
use crate::export::{Format, export_form};
use crate::messages::Messages;
use crate::render::form::form;
use crate::storage::{config_file, output};

pub(super) fn run(args: &FormArgs) -> Result<(), Error> {
    let pack = load_pack(&args.pack)?;
    let settings = config_file::load(args.config.config.as_deref())?;
    let language = output_plan::language(&pack, [args.pack.lang.as_deref(), settings.config.language.as_deref()])?;
    let style = output_plan::style(&settings, &pack, args.large_print)?;
    let form = form(&pack, language, &style.letterhead);
    let format = args.format.unwrap_or(if args.stdout { Format::Text } else { Format::default() });
    let page = export_form(&form, format, &style)?;
    output_plan::report_missing(&page.missing, &Messages::default());
    if args.stdout {
        return print(&page.bytes);
    }
    let folder = args.out.clone().or(settings.config.out).unwrap_or_default();
    let name = format!("{}-form-{}", pack.id, form.language);
    let path = output::write(&folder, &name, format, &page.bytes)?;
    print_path(&path)
}
