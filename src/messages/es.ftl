# Los textos propios de la interfaz en español. Los textos de un paquete están en el paquete.

## Respuestas y estados
yes = Sí
no = No
overall = En general
state-skipped = Sin responder: se pasó a la siguiente
state-declined = Prefiero no decirlo
state-not-asked = No se preguntó
state-no-answer = No llegó respuesta con el formulario
state-unreadable = No se pudo leer
unassigned = No se pudo asignar
decimal-mark = ,
open-answer = [todavía sin respuesta]

## Preguntar
position = Pregunta { $number } de unas { $count }
follow-up = { $count ->
    [one] 1 pregunta más.
   *[other] { $count } preguntas más.
}
follow-up-optional = { $count ->
    [one] 1 pregunta más; puede pasarla.
   *[other] { $count } preguntas más; puede pasar cualquiera.
}
section-line = Parte: { $section }
option-code = { $text } (código { $code })
answered-before = Su respuesta actual: { $answer }
answered-again = Una respuesta nueva la reemplaza. Para dejarla como está, escríbala otra vez o escriba /review.
answered-again-unread = Una respuesta nueva la reemplaza. Para dejarla como está, escriba /review.
first-question = Esta es la primera pregunta.
first-question-keys = Esta es la primera pregunta. Para dejarlo aquí, pulse Ctrl-C.
lines-start = Cada respuesta es una línea. /back vuelve a la pregunta anterior. /review muestra todas las respuestas. /repeat repite la pregunta. /help explica más.
typed-too-early = Lo que se escribió antes de esto no se usó.
prompt-one = Escriba un número
prompt-many = Escriba uno o más números
prompt-yes-no = Escriba { $yes }, { $no }
prompt-text = Escriba su respuesta en una línea
prompt-number = Escriba un número
prompt-date = Escriba una fecha como 2026-11-22
prompt-quantity = Escriba un número, un espacio y la unidad
prompt-ways = { $what }, /skip (pasar), /decline (prefiero no decirlo) o /help (ayuda).
prompt-ways-required = { $what } o /help (ayuda).
prompt-own-words = Tras dos puntos puede añadir algo con sus palabras.
reply-and = y e
reply-yes-no = sí s no n yes y
echo-chosen = Eligió: { $answer }
echo-typed = Escribió: { $answer }
echo-skipped = Pasó esta pregunta sin responder.
echo-declined = Prefiere no decirlo.
echo-kept = Se deja: { $answer }
echo-blank = Se deja en blanco.
help-one = Escriba el número de una opción, su código o el principio de su texto.
help-many = Escriba los números de las opciones, sus códigos o el principio de sus textos. Sepárelos con comas, espacios o «y».
help-own-words = Tras dos puntos puede añadir algo con sus palabras, como en «2: por la noche».
help-text = Escriba su respuesta en una línea. Para empezarla con una barra, escriba dos.
help-repeat = /repeat repite la pregunta. Es esta:
help-menu = Escriba el número de una línea o el principio de su texto. /repeat repite la lista.
help-menu-back = Escriba el número de una línea o el principio de su texto. /repeat repite la lista y /back vuelve atrás.
help-line = Escriba su respuesta en una línea; una línea vacía también vale. /repeat repite la pregunta y /back vuelve atrás.
help = /skip sigue sin responder. /decline significa: prefiero no decirlo. /back vuelve a la pregunta anterior. /review muestra todas las respuestas. No se pierde ninguna respuesta.
help-required = Esta pregunta necesita una respuesta; vale «no lo sé» donde se ofrece. /back vuelve a la pregunta anterior. /review muestra todas las respuestas. No se pierde ninguna respuesta.
choice-skip = Pasar a la siguiente pregunta
choice-decline = Prefiero no decirlo
own-words = Añada detalles (opcional):
went-back = (atrás)
keys-one = Arriba y abajo para moverse, Intro para elegir, Esc para volver
keys-many = Arriba y abajo para moverse, Espacio para marcar, Intro al terminar, Esc para volver
keys-typed = Intro para seguir, o para pasar si está vacío; Esc para volver; /skip (pasar) o /decline (prefiero no decirlo)
keys-typed-required = Intro para seguir, Esc para volver
keys-own-words = Pulse Intro para seguir, o déjelo en blanco; Esc para volver
keys-review = Arriba y abajo para moverse, Intro para cambiar o terminar, Fin para ir a «terminar», Esc para volver
list-hint-one = Esto es una lista: flechas, un número y después Intro.
list-hint-many = Esto es una lista: flechas o un número, Espacio para marcar y después Intro.
list-no-number = No hay ningún número { $number } en esta lista.
list-unfinished = «{ $typed }» no nombra una sola opción. Escriba algo más, o muévase con las flechas.
list-not-ticked = «{ $option }» no está marcada. Pulse Espacio para marcarla, o una flecha para dejarla, y después Intro.
list-several-numbers = Escribió varios números. Escriba un solo número, y después Intro.
list-number-after-words = Escribió algo más antes de este número. Pulse Intro, y después escriba el número.
list-ticks-undone = Lo que se marcó al escribir ya no está marcado.
thanks = Gracias. Este es su resumen:
summary-file = Avise al personal que terminó, por favor. Su resumen está en { $count ->
    [one] este archivo:
   *[other] estos archivos:
}

## Borradores: entrevistas que se empezaron y no se terminaron
choose-prompt = { $count ->
    [one] Escriba 1.
   *[other] Escriba un número del 1 al { $count }.
}
choose-prompt-listed = Escriba un número de la lista.
keys-choose = Arriba y abajo para moverse, Intro para elegir
draft-question = { $count ->
    [one] Se empezó una entrevista y no se terminó. ¿Qué quiere hacer?
   *[other] Se empezaron { $count } entrevistas y no se terminaron.{ $more } ¿Qué quiere hacer?
}
draft-more = {" "}Aquí están las { $offered } más recientes; `preconsult drafts list` muestra { $more } más, y `preconsult ask --resume ID` sigue con una.
draft-go-on = Seguir con el borrador { $id }, empezado { $began } ({ $answered ->
    [one] 1 pregunta con respuesta
   *[other] { $answered } preguntas con respuesta
}, versión { $version })
draft-new = Empezar una nueva (los borradores se guardan)
draft-discard = Borrar el borrador { $id }, empezado { $began }
draft-discard-sure = ¿Borrar para siempre el borrador { $id }, empezado { $began }? Tiene { $answered ->
    [one] 1 respuesta.
   *[other] { $answered } respuestas.
}
draft-discard-no = No, guardarlo
draft-discard-yes = Sí, borrarlo para siempre
draft-discarded = Se borró el borrador { $id }, empezado { $began }.
draft-old = El borrador { $id }, empezado { $began }, supera el límite de { $days } días de la clínica y se borró.
draft-going-on = Se retoma la entrevista empezada { $began }; { $answered ->
    [one] 1 pregunta está respondida.
   *[other] { $answered } preguntas están respondidas.
}
draft-torn = La última respuesta no se guardó completa: el programa se detuvo o el disco estaba lleno. Dé esa respuesta otra vez, por favor.
draft-damaged = El borrador está dañado desde la línea { $line }. { $lines ->
    [one] Se quitó 1 línea
   *[other] Se quitaron { $lines } líneas
}; todas las respuestas anteriores están. Mírelas en el repaso, por favor.
draft-changed = Las preguntas cambiaron desde entonces, de la versión { $before } a la versión { $now }. Las respuestas eran:
draft-not-carried = Estas respuestas ya no encajan y no se usan:
draft-not-carried-line = { $answer } ({ $why })
draft-not-kept = Ahora no se pueden guardar sus respuestas: { $why }. Las preguntas siguen, pero si el programa se detiene, las respuestas desde aquí se pierden.
draft-kept-again = Sus respuestas se guardan otra vez; no falta ninguna.
draft-not-removed = El resumen está escrito, pero no se pudo borrar el borrador { $id }: { $why }. Bórrelo con: preconsult drafts discard { $id }
draft-missing = no existe el borrador { $id }
draft-missing-way-out = vea cuáles hay con `preconsult drafts list`
draft-in-use = el borrador { $id } está en uso en una entrevista en curso
draft-in-use-way-out = termine o detenga antes esa entrevista
draft-other-format = el borrador { $id } tiene el formato { $format }, de otra versión de este programa
draft-other-format-way-out = continúelo con esa versión
draft-sealed = el borrador { $id } está cifrado y la recepción está bloqueada
draft-sealed-way-out = desbloquee antes la recepción
draft-unreadable = el borrador { $id } está dañado desde la primera línea
draft-unreadable-way-out = bórrelo con `preconsult drafts discard { $id }` y empiece con --new

## Una entrevista que se detiene
stopped-label = detenido
error-label = error
hint-label = sugerencia
stopped-at-question = en la pregunta { $number } ({ $name }); no se escribió ningún resumen
stopped-at-review = en el repaso; no se escribió ningún resumen
stopped-at-once = la entrevista se interrumpió; no se escribió ningún resumen
stopped-before = antes de la primera pregunta; se guardan todos los borradores
ended-at-question = la entrada terminó en la pregunta { $number } ({ $name }), antes de /done; no se escribió ningún resumen
ended-at-review = la entrada terminó en el repaso, antes de /done; no se escribió ningún resumen
ended-way-out = termine las respuestas con /done, o use `preconsult summarize` con un archivo de respuestas
ended-before = la entrada terminó antes de elegir la entrevista
ended-before-way-out = empiece con --new, o con --resume para seguir con el borrador más reciente
way-back = las respuestas están guardadas: siga con `{ $command }`
way-back-behind = las respuestas están guardadas, salvo las últimas: siga con `{ $command }`
way-back-none = las respuestas no se pudieron guardar: anote lo que muestra la pantalla, o responda otra vez

## Fallos, causas y sugerencias
summary-not-written = no se pudo escribir el resumen en { $path }: { $why }
backup-not-written = no se pudo escribir una copia de seguridad en { $path }: { $why }
drafts-not-kept = no se pudieron guardar borradores en { $path }: { $why }
drafts-not-read = no se pudieron leer los borradores en { $path }: { $why }
drafts-not-used = no se pudieron usar los borradores en { $path }: { $why }
not-printed = no se pudo escribir en la salida estándar: { $why }
not-printed-way-out = revise a dónde va la salida estándar y si hay espacio
written-all-the-same = el archivo sí se escribió: { $path }
asking-failed = no se pudo continuar la entrevista en el terminal: { $why }
why-missing = no existe ese archivo o esa carpeta
why-denied = no hay permiso
why-full = no queda espacio en el disco
why-read-only = ahí solo se puede leer
why-a-file = eso es un archivo
why-no-folder = no existe esa carpeta
why-no-files = ahí no se pueden crear archivos
why-other-owner = pertenece a otro usuario
why-not-a-file = no es un archivo normal
way-out-missing = revise si está bien escrito y si no se movió a otro lugar
way-out-denied = revise los permisos de ahí, o elija { $elsewhere }
way-out-full = libere espacio, o elija { $elsewhere }
way-out-read-only = elija { $elsewhere }
way-out-folder = eso es una carpeta: nombre un archivo
way-out-file = una parte de esa ruta es un archivo: nombre una carpeta
way-out-encoding = el archivo no es texto UTF-8: guárdelo como UTF-8
way-out-other-owner = quítelo o cambie su propietario, o elija { $elsewhere }
way-out-not-a-file = quítelo, o elija { $elsewhere }
way-out-other = inténtelo otra vez, o elija { $elsewhere }
elsewhere = otro lugar
elsewhere-out = otro lugar con --out DIR
make-folder = créela con `mkdir -p { $folder }`, o { $or }
choose-out = elija otro lugar con --out DIR
choose-setting = ponga otra carpeta en `out`
name-folder-out = nombre una carpeta con --out DIR
name-folder-setting = ponga una carpeta en `out`
name-file-in-folder = nombre un archivo que esté en una carpeta
see-disk = revise si está conectado su disco
missing-characters = nota: ningún tipo de letra tiene estos caracteres, así que se imprime { "\uFFFD" } en su lugar: { $listed }
missing-characters-way-out = añada a `fonts` en la configuración un archivo de tipo de letra que los tenga; otros formatos los muestran

## La impresora
printer-default = la impresora predeterminada
printer-sent = enviado a la impresora { $printer }: { $path }
printer-page-kept = { $error }; { $count ->
    [one] la página está guardada
   *[other] todas las páginas están guardadas
}: { $paths }
printer-not-started = no se pudo iniciar el servicio de impresión
printer-install = instale el servicio de impresión (CUPS, con su orden `lp`), o { $instead }
printer-by-hand = imprima usted el archivo
printer-export = escriba un archivo con `{ $command }` e imprímalo usted
printer-refused = el servicio de impresión no aceptó la página{ $why }
printer-choose = vea las impresoras y la predeterminada con `lpstat -p -d`; nombre una, o fije la predeterminada con `lpoptions -d`

## El repaso
review-title = Sus respuestas
review-done = Todo está correcto: terminar
review-needed = { $count ->
    [one] Una pregunta necesita una respuesta antes de terminar.
   *[other] { $count } preguntas necesitan una respuesta antes de terminar.
}
review-open = { $count ->
    [one] Una pregunta no tiene respuesta todavía; contaría como no preguntada.
   *[other] { $count } preguntas no tienen respuesta todavía; contarían como no preguntadas.
}
review-rest = Lo demás no cambió; /repeat repite todas las respuestas.
review-prompt = Escriba /done para terminar, o el número de una respuesta para cambiarla.
help-review = /done termina. Un número abre otra vez esa pregunta. /back vuelve a la última pregunta. /repeat repite las respuestas.
required-open = Esta pregunta todavía no tiene respuesta.

## Entradas no aceptadas: el problema y cómo corregirlo
refused-empty = No escribió nada. Escriba una respuesta.
refused-empty-choice = No eligió nada. Elija al menos una opción.
refused-empty-one = No eligió nada. Elija una opción.
refused-empty-one-or-skip = No eligió nada. Elija una opción, o escriba /skip para seguir sin ella.
refused-empty-or-skip = No escribió nada. Escriba una respuesta, o /skip para seguir sin ella.
refused-empty-choice-or-skip = No eligió nada. Elija al menos una opción, o escriba /skip para seguir sin ella.
refused-empty-one-or-skip-option = No eligió nada. Elija una opción, o «{ $skip }».
refused-empty-choice-or-skip-option = No eligió nada. Elija al menos una opción, o «{ $skip }».
refused-empty-or-skip-option = No escribió nada. Escriba una respuesta, o elija «{ $skip }».
refused-no-choice = No eligió nada. Flechas o un número, y después Intro.
refused-nothing-at-review = No eligió nada. Pulse Fin e Intro para terminar, o vaya a una respuesta para cambiarla.
refused-no-tick = No marcó nada. Marque una opción con Espacio y pulse Intro.
refused-no-tick-or-skip = No marcó nada. Marque una opción con Espacio y pulse Intro. Para seguir sin responder, marque «{ $skip }».
refused-empty-review = No escribió nada.
refused-required = Esta pregunta necesita una respuesta y no se puede pasar.
refused-only-one = Aquí se permite una sola opción. Elija una.
refused-not-offered = «{ $option }» no corresponde a sus otras respuestas. Quite esa opción.
refused-exclusive = «{ $option }» no se puede combinar con otras opciones. Elija solo esa, o quítela.
refused-skip-alone = Marcó «{ $ticked }» y algo más. Desmarque lo que sobre con Espacio.
refused-too-long = El texto tiene { $length } caracteres; el límite es { $limit }. Acórtelo, por favor.
refused-no-text = Aquí solo se eligen las opciones de la lista; no puede añadir sus propias palabras.
refused-wrong-kind = Este tipo de respuesta no vale para la pregunta.
refused-between = Dé un valor de { $from } a { $to }.
refused-from = Dé un valor de { $from } o más.
refused-to = Dé un valor de { $to } o menos.
refused-decimals = { $decimals ->
    [0] Solo números enteros.
    [one] Como mucho un dígito después de la coma.
   *[other] Como mucho { $decimals } dígitos después de la coma.
}
refused-number = Eso no es un número. Escriba cifras, por ejemplo 12 o 7,5.
refused-date = Eso no es una fecha. Escriba año, mes y día, por ejemplo 2026-11-22.
refused-quantity = Escriba un número, un espacio y la unidad, por ejemplo 12 cm.
refused-option = No hay ninguna opción «{ $typed }». { $count ->
    [one] Escriba 1, o el principio de la opción.
   *[other] Escriba un número del 1 al { $count }, o el principio de una opción.
}
refused-yes-no = «{ $typed }» no es una respuesta aquí. Escriba { $yes } o { $no }.
refused-ambiguous = Varias opciones empiezan por «{ $typed }»: { $options }. Escriba algo más, o el número.
refused-command-choice = No hay ninguna orden «{ $command }». Escriba /help para ver qué puede escribir.
refused-done = Puede escribir /done después de ver todas sus respuestas. Escriba /review para verlas.
refused-command = No hay ninguna orden «{ $command }». Para empezar un texto con una barra, escríbala dos veces.
refused-command-here = «{ $command }» solo sirve en la pregunta. Pulse Esc para volver a ella.
refused-choose = «{ $typed }» no es una de las opciones.
refused-review = { $count ->
    [one] Escriba /done, o 1.
   *[other] Escriba /done, o un número de 1 a { $count }.
}
refused-line = la línea { $line } no se aceptó { $place }, y no se escribió ningún resumen. { $reason }
refused-at-question = en la pregunta { $number } ({ $name })
refused-at-review = en el repaso
refused-line-way-out = corrija la línea { $line } y ejecútelo otra vez
refused-not-utf8 = Eso no es texto UTF-8. Escríbalo otra vez, por favor.
refused-long-line = Esa línea es más larga que cualquier respuesta. Escriba una más corta, por favor.
refused-cut-off = La entrada terminó a mitad de una línea, así que esa línea no se tomó en cuenta.

## La página
page-of = Página { $page } de { $pages }
quote-open = «
quote-close = »
question = Pregunta
answer = Respuesta
notes = Notas
open = no se sabe: no lo sabe, omitida, no quiso decir, no preguntada o ilegible.
form-title = Formulario en blanco
copy-patient = Copia para el paciente
copy-clinician = Copia para el profesional
field-name = Nombre
field-birth = Fecha de nacimiento
field-label = Etiqueta
field-signature = Firma
field-date = Fecha
field-filled-in-by = Lo rellenó
filled-in-by-patient = el paciente
filled-in-by-staff = el personal
filled-in-by-together = los dos juntos
heading-notice = Sobre este formulario
heading-told-clinician = Lo que contó el paciente
heading-told = Lo que nos contó
heading-short = En resumen
short-concerns = Usted viene por
short-covered = La fuente habla de
short-limited = Con un límite, vea abajo
short-editorial = Lo relacionamos nosotros
short-general = La fuente en general
short-general-text = Todo lo que trata se muestra abajo.
short-not-covered = La fuente no trata
short-keep-in-mind = Tenga en cuenta
heading-benefits = Lo que dice la fuente
heading-procedure = Qué es el tratamiento
heading-overview = Lo que dice la fuente en general
heading-not-covered = Lo que la fuente no trata
heading-caveats = Tenga esto en cuenta
heading-recorded = Sus otras respuestas
heading-recorded-clinician = Anotado para el profesional
heading-page = La página impresa
heading-steps = Sus próximos pasos
step-read = Lea sus respuestas más abajo. Avise al personal si alguna no es correcta o si algo le preocupa.
step-tick = Marque las preguntas que quiere hacer y escriba las suyas.
step-take = Lleve esta hoja a su visita.
heading-to-ask = Preguntas que puede hacer
heading-to-ask-clinician = Preguntas que el paciente puede hacer
heading-questions = Sus preguntas
heading-questions-clinician = Las preguntas propias del paciente
because = Porque eligió
because-clinician = Porque el paciente eligió
because-all = Cada punto, porque eligió
because-all-clinician = Cada punto, porque el paciente eligió
word-meaning = Qué significa { quote-open }{ $word }{ quote-close }: { $text }
editorial-note = Esta relación la hicimos nosotros; la fuente no habla de este tema.
language-note = { $tag ->
    [en] Estas palabras están en inglés, tal como se escribieron.
    [es] Estas palabras están en español, tal como se escribieron.
   *[other] Estas palabras están en un idioma distinto del de esta página, tal como se escribieron.
}
source-unnamed = no consta
not-declared = sin declarar
footer-declared = Este formulario: publicado: { $published }; se mantiene al día: { $policy }; lo paga: { $funding }; intereses: { $interests }.
source-kind-article = Un artículo general
source-kind-book = Un libro
source-kind-guideline = Una guía clínica
source-kind-leaflet = Información para pacientes
source-kind-review = Una revisión de estudios
source-kind-study = Un estudio
source-kind-none = Su tipo no está declarado
footer-source = Fuente [{ $id }]: { $title }. { $kind }. Autor: { $author }; editorial: { $publisher }; fecha: { $published }.
footer-source-anonymous = Fuente [{ $id }]: { $title }. { $kind }; no consta autor, editorial ni fecha.
footer-undeclared = Este formulario: no se declaran su fecha de publicación, su actualización, su financiación ni sus intereses.
footer-reviewed = Revisado por { $by } el { $on }.
footer-not-reviewed = Aún no lo ha revisado ningún profesional clínico.
footer-review-overdue = La próxima revisión debía hacerse el { $due } y no consta que se haya hecho.
footer-review-overdue-sentence = La próxima revisión debía hacerse el { $due } y no consta que se haya hecho. Es la de este texto: { quote-open }{ $sentence }{ quote-close }
month = { $month ->
     [1] enero
     [2] febrero
     [3] marzo
     [4] abril
     [5] mayo
     [6] junio
     [7] julio
     [8] agosto
     [9] septiembre
     [10] octubre
     [11] noviembre
    *[12] diciembre
}
date = { $day } de { $month } de { $year }

## El formulario en blanco
form-how = Marque o escriba con un bolígrafo. Donde las marcas son redondas, marque una; donde son cuadradas, todas las que correspondan. Las preguntas con asterisco (*) necesitan respuesta; puede dejar en blanco cualquier otra.
form-one = Marque una opción.
form-many = Marque todas las que correspondan.
form-write = Escriba aquí.
form-number = Escriba un número.
form-date = Escriba el día, el mes y el año.
form-each = Cada opción que marcó en la pregunta { $number }
form-each-row = Marcado en la pregunta { $number }
form-each-full = Si marcó más de { $rows } opciones, por favor responda por las demás en otra hoja.
form-own-words = Con sus propias palabras, si quiere:
form-branch = Solo si { $condition }.
form-branch-part = Rellene esta parte solo si { $condition }.
form-not-ticked = no marcó { $option } en la pregunta { $number }
form-ticked = marcó { $option } en la pregunta { $number }
form-quoted = «{ $text }»
form-answered = respondió a la pregunta { $number }
form-unanswered = dejó en blanco la pregunta { $number }
form-less = su respuesta a la pregunta { $number } es menor que { $value }
form-at-most = su respuesta a la pregunta { $number } es { $value } o menos
form-more = su respuesta a la pregunta { $number } es mayor que { $value }
form-at-least = su respuesta a la pregunta { $number } es { $value } o más
form-and = {" "}y{" "}
form-or = {" "}o{" "}

## La recepción
line-before = Déjelo en blanco para conservar: { $before }
desk-title = Recepción
desk-clinic-folder = Clínica: { $folder }
desk-locked = Bloqueada. Puede empezar entrevistas nuevas, pero no abrir las anteriores.
desk-unlocked = Desbloqueada para { $who }.
desk-today = Hoy: { $started } en curso, { $finished } terminadas, { $printed } impresas.
desk-in-browsers = En navegadores: { $waiting } en espera, { $answering } respondiendo.
desk-cleared-idle = La pantalla se borró porque no se pulsó ninguna tecla durante un rato.
desk-cleared-stopped = La pantalla se borró y la recepción está bloqueada.
desk-cleared-kept = Todas las respuestas hasta aquí están guardadas. Avise al personal, por favor.
desk-cleared-behind = No se pudieron guardar las últimas respuestas. Avise al personal, por favor.
desk-menu = ¿Qué quiere hacer?
desk-new = Entrevista nueva
desk-list = Las entrevistas de hoy
desk-print-handed-in = { $count ->
    [one] Imprimir la que se entregó
   *[other] Imprimir las { $count } que se entregaron
}
desk-search = Buscar por etiqueta, en cualquier día
desk-unlock = Desbloquear
desk-lock = Bloquear
desk-quit = Salir de la recepción
desk-back = Volver
desk-label = Nombre o código (opcional):
desk-language = ¿En qué idioma?
desk-fills = ¿Quién lo rellena?
desk-fills-patient = El paciente
desk-fills-staff = El personal
desk-fills-together = Los dos juntos
desk-where = ¿Dónde se rellena?
desk-on-screen = En esta pantalla
desk-on-tablet = En una tableta
desk-on-phone = En el teléfono del paciente
desk-scan = Escanee esto con la cámara del teléfono.
desk-open-address = Abra esta dirección:
desk-type-code = Escriba allí este código:
desk-opens-until = El código abre hasta las { $time }.
desk-only-here = Solo un navegador de este equipo puede abrir esta dirección. Para tabletas y teléfonos, inicie preconsult serve con --listen, --tls-cert y --tls-key.
desk-qr-too-small = Esta ventana es demasiado pequeña para el código QR. Agrándela y elija «Mirar otra vez».
desk-look-again = Mirar otra vez
desk-code-waits = { $minutes ->
    [one] Esperando a que el paciente empiece: queda 1 minuto
   *[other] Esperando a que el paciente empiece: quedan { $minutes } minutos
}
desk-code-expired = El código ha caducado. Desde las entrevistas de hoy se puede dar otro.
desk-code-used = La entrevista ha empezado.
desk-code-used-at = La entrevista ha empezado: pregunta { $number } de unas { $count }.
desk-code-handed-in = La entrevista está entregada.
desk-code-over = Este código ya no abre nada.
desk-hand-over = Entregue el dispositivo al paciente, por favor.
desk-ready = ¿Está listo? El personal de la clínica puede leer sus respuestas.
desk-ready-yes = Sí, empezar
desk-not-begun = Las preguntas no van a empezar ahora. Devuelva el dispositivo al personal, por favor.
desk-thanks = Gracias. Sus respuestas están guardadas y ya no se muestran aquí. Devuelva el dispositivo al personal, por favor.
desk-stopped = Las preguntas se detuvieron y sus respuestas hasta aquí están guardadas. Devuelva el dispositivo al personal, por favor.
desk-thanks-unsaved = Gracias, esa era la última pregunta. Sus respuestas todavía no están guardadas. Devuelva ahora el dispositivo al personal, por favor.
desk-stopped-unsaved = Las preguntas se detuvieron. Sus respuestas todavía no están guardadas. Devuelva ahora el dispositivo al personal, por favor.
desk-unsaved = Las respuestas de la entrevista { $number } todavía no están guardadas. Solo están en la memoria de este dispositivo: no lo apague.
desk-not-kept = Las respuestas no se pueden guardar en este momento: { $why }.
desk-try-again = Intentarlo otra vez
desk-go-on-later = Dejarla por ahora: todas las respuestas están guardadas y la entrevista se puede retomar más tarde
desk-give-up = Descartar las respuestas que no se guardaron
desk-given-back = El personal tiene el dispositivo
desk-finished = La entrevista { $number } está terminada.
desk-begun = La entrevista { $number } está guardada y se puede retomar más tarde.
desk-name = Su nombre o sus iniciales, para el registro de auditoría:
desk-name-is-passphrase = La contraseña se escribió como nombre, donde otros podían leerla. No se guardó. Desbloquee otra vez; si alguien pudo verla, cambie la contraseña.
desk-passphrase = Contraseña de la clínica:
desk-wait = Contraseña equivocada. Puede intentarlo otra vez en { $seconds ->
    [one] 1 segundo.
   *[other] { $seconds } segundos.
}
desk-none = Hoy no hay entrevistas.
desk-none-found = No se encontró nada.
desk-which = ¿Qué entrevista?
desk-list-locked = Para retomar o abrir una de ellas, desbloquee primero la recepción.
desk-line = Entrevista { $number }, { $time }, { $state }
desk-state-invited = con invitación
desk-state-started = en curso
desk-state-finished = terminada
desk-state-printed = impresa
desk-in-use = se está respondiendo ahora
desk-can-go-on = se puede retomar
desk-minutes-left = { $minutes ->
    [one] queda 1 minuto
   *[other] quedan { $minutes } minutos
}
desk-expired = el código ha caducado
desk-taken-back = retirada
desk-answering = pregunta { $number } de unas { $count }
desk-stopped-at = parada en la pregunta { $number } de unas { $count }
desk-go-on = Retomar la entrevista
desk-show = Mostrarla
desk-print = Imprimirla
desk-export = Guardarla en un archivo
desk-correct = Corregirla
desk-delete = Borrarla
desk-invite-again = Dar otro código
desk-withdraw = Retirar la invitación
desk-withdraw-begun = ¿Retirar la invitación de la entrevista { $number }? Su navegador no podrá continuar; las respuestas hasta aquí se guardan.
desk-withdraw-not-begun = ¿Retirar la invitación de la entrevista { $number }? Todavía no hay respuestas, así que la entrevista se borra.
desk-withdraw-no = No, dejarla
desk-withdraw-yes = Sí, retirarla
desk-withdrawn = La invitación de la entrevista { $number } está retirada. Las respuestas hasta aquí se guardan.
desk-withdrawn-deleted = La invitación está retirada y la entrevista { $number } está borrada.
desk-relabel = Cambiar el nombre o código
desk-relabelled = El nombre o código está cambiado.
desk-copy = ¿Qué copia?
desk-copy-large = Letra grande: copia para el paciente
desk-copy-both = Las dos copias
desk-format = ¿En qué formato?
desk-folder = ¿En qué carpeta?
desk-why = ¿Por qué?
desk-why-needed = Dé un motivo, por favor. Se guarda cifrado en el registro de auditoría.
desk-delete-sure = ¿Borrar para siempre la entrevista { $number } y sus archivos?
desk-delete-no = No, guardarla
desk-delete-yes = Sí, borrarla para siempre
desk-corrected = La entrevista { $number } está ahora en la versión { $version }; la versión anterior se guarda.
desk-correction-same = No cambió nada: estas respuestas ya están guardadas.
desk-correction-kept = Todavía no cambió nada. La corrección está guardada; elíjala otra vez para continuar.
desk-printed = Enviada a la impresora { $printer }.
desk-printed-several = { $count ->
    [one] Enviada a la impresora { $printer }: entrevista { $intakes }.
   *[other] Enviadas a la impresora { $printer }: entrevistas { $intakes }.
}
desk-not-printed = La entrevista { $number } no se pudo imprimir: { $why }
desk-written = Escrita: { $path }
desk-draft-in-use = Esa entrevista está en curso en este momento.
desk-draft-gone = No hay respuestas que retomar; empiece una entrevista nueva.
desk-draft-damaged = Las respuestas guardadas de esa entrevista no se pueden leer.
desk-key-changed = La clave de la clínica se cambió en otro puesto. Bloquee este y vuelva a desbloquearlo.
desk-piece = Página { $piece } de { $pieces }
desk-next = Página siguiente
desk-previous = Página anterior

## In a browser
language-name = Español
serve-language = Idioma
serve-start = Empezar
serve-resume = Continuarla
serve-continue = Continuar
serve-back = Atrás
serve-or = o
serve-many = Puede elegir más de una.
serve-limit = Como máximo { $limit } caracteres.
serve-characters-left = Caracteres que quedan: { $count }
serve-error-title = Error: { $title }
serve-error-heading = Hay un problema
serve-change = Cambiar
serve-finish = Terminar y entregar
serve-text-larger = Letra más grande
serve-text-ordinary = Letra normal
serve-not-saved = Su respuesta no se pudo guardar. Avise al personal y pulse otra vez Continuar. Las respuestas anteriores están guardadas.
serve-not-handed-in = Sus respuestas no se pudieron entregar. Están guardadas. Avise al personal.
serve-code-shown = Su código para volver:
serve-code-why = Si aquí no pasa nada durante { $minutes ->
    [one] un minuto
   *[other] { $minutes } minutos
}, esta página se bloquea. Con el código puede seguir. Recuérdelo o apúntelo.
serve-locked-title = Esta página está bloqueada
serve-locked = Aquí no ha pasado nada durante un rato. Sus respuestas están guardadas y ya no se muestran aquí.
serve-code = Su código para volver
serve-code-help = Se mostró cuando empezó. Si no lo tiene, pregunte al personal.
serve-code-wrong = Ese no es su código para volver. Compruébelo y escríbalo otra vez.
serve-code-paused = Ese no era su código para volver. Espere { $minutes ->
    [one] un minuto
   *[other] { $minutes } minutos
} antes de intentarlo otra vez, o pregunte al personal.
serve-in-use = El personal continúa esta entrevista en otra pantalla.
serve-still-title = ¿Sigue ahí?
serve-still = Esta página se bloquea en { $seconds ->
    [one] un segundo
   *[other] { $seconds } segundos
}. Sus respuestas siguen guardadas.
serve-still-here = Sigo aquí
serve-done-title = Gracias. Ha terminado.
serve-done-next = Sus respuestas están entregadas. Su profesional las verá con usted.
serve-done-device = Devuelva el dispositivo y diga al personal que ha terminado.
serve-next-patient = Siguiente paciente
serve-invitation = Su código
serve-invitation-help = Se lo dieron en recepción. Tiene seis letras y números.
serve-invitation-missing = Escriba el código que le dieron en recepción.
serve-invitation-unknown = Este código no es válido. Revíselo y escríbalo de nuevo.
serve-invitation-spent = Este código ya se usó, en este dispositivo o en otro. Pida uno nuevo en recepción.
serve-invitation-expired = Este código ya no es válido. Pida uno nuevo en recepción.
serve-invitation-paused = Se escribieron demasiados códigos equivocados. Espere { $seconds } segundos o pregunte en recepción.
serve-invitation-at-desk = Esta entrevista solo puede continuar en recepción. Pregunte al personal. Sus respuestas están guardadas.
serve-invitation-not-stored = La entrevista no puede empezar porque no se pudo guardar. Avise al personal.
serve-full = Ahora no se puede abrir otra entrevista. Pregunte al personal.
serve-missing = Esta página no existe
serve-to-start = Ir al principio

## A certificate for tablets
certificate-new = En { $folder } hay un certificado para { $hosts }. Sirve hasta el { $date }. Es de una autoridad nueva, «{ $name }». Cada tableta tiene que confiar una vez en ella. Guarde en secreto los archivos que acaban en .key y no los copie nunca a una tableta.
certificate-again = En { $folder } hay un certificado nuevo para { $hosts }. Sirve hasta el { $date }. Es de la misma autoridad, «{ $name }». En las tabletas que ya confían en ella no hay que hacer nada. Reinicie el servidor para que use el nuevo.
certificate-start = Así se inicia el servidor; añada las opciones que use normalmente:
certificate-devices = En cada tableta, haga esto una vez. Vale hasta el { $date }. Primero lleve el archivo { $file } a la tableta: por correo, AirDrop o una memoria USB. El archivo no es secreto.
certificate-ipad =
    iPad o iPhone
    1) Abra el archivo en Mail o Archivos; un mensaje dice que se ha descargado un perfil
    2) Ajustes (o Configuración) > Perfil descargado > Instalar; compare el nombre: { $name }
    3) Ajustes > General > Información > Ajustes de confianza de los certificados; active { $name }
    4) Abra { $address } en Safari; no debe haber ningún aviso
certificate-android =
    Tableta o teléfono con Android
    1) Abra Ajustes y busque «certificado de CA»
    2) Certificado de CA > Instalar de todas formas; elija el archivo (Android puede pedir antes un bloqueo de pantalla)
    3) Abra { $address } en Chrome; no debe haber ningún aviso
certificate-windows =
    Tableta o PC con Windows
    1) Doble clic en el archivo > Instalar certificado > Equipo local
    2) Colocar todos los certificados en el siguiente almacén > Entidades de certificación raíz de confianza
    3) Compare el nombre, { $name }, y confirme; reinicie el navegador
    4) Abra { $address } en Edge o Chrome; no debe haber ningún aviso
certificate-linux =
    Linux con Chromium
    1) Instale certutil, del paquete libnss3-tools o nss-tools; cierre Chromium
    2) Ejecute esto en la carpeta del archivo:

       mkdir -p $HOME/.pki/nssdb
       certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n "{ $name }" -i authority.cer

    3) Abra { $address } en Chromium; no debe haber ningún aviso
