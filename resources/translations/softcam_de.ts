<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <location filename="../../app/dialogs/about.py"/>
        <source>&lt;h3&gt;SoftCAM Viewer {0}&lt;/h3&gt;&lt;p&gt;Review medical images beside a classifier that explains itself.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Research use only. Not for diagnosis.&lt;/b&gt;&lt;/p&gt;&lt;p&gt;The method: Djoumessi and Berens, &lt;i&gt;Soft-CAM: Making black box models self-explainable for high-stakes decisions&lt;/i&gt;.&lt;/p&gt;&lt;p&gt;Apache License 2.0. Nothing leaves this computer: the viewer opens no network connection.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;SoftCAM Viewer {0}&lt;/h3&gt;&lt;p&gt;Medizinische Bilder befunden, neben einem Klassifikator, der sich selbst erklärt.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Nur für Forschungszwecke. Nicht zur Diagnose.&lt;/b&gt;&lt;/p&gt;&lt;p&gt;Das Verfahren: Djoumessi und Berens, &lt;i&gt;Soft-CAM: Making black box models self-explainable for high-stakes decisions&lt;/i&gt;.&lt;/p&gt;&lt;p&gt;Apache-Lizenz 2.0. Nichts verlässt diesen Rechner: Das Programm öffnet keine Netzwerkverbindung.&lt;/p&gt;</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/about.py"/>
        <source>About SoftCAM Viewer</source>
        <translation>Über SoftCAM Viewer</translation>
    </message>
</context>
<context>
    <name>Adjudication</name>
    <message>
        <location filename="../../app/readers/adjudication.py"/>
        <source>Accept the grade {0}</source>
        <translation>Grad {0} übernehmen</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication.py"/>
        <source>Accept {0} marks</source>
        <translation>{0} Markierungen übernehmen</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication.py"/>
        <source>Choose two different readers.</source>
        <translation>Wählen Sie zwei verschiedene Befunder.</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication.py"/>
        <source>Give up your blinded first reads of this study before you adjudicate.</source>
        <translation>Geben Sie Ihre verblindeten Erstbefundungen dieser Studie auf, bevor Sie adjudizieren.</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication.py"/>
        <source>Lock your own first read of this case before you adjudicate it.</source>
        <translation>Schließen Sie Ihre eigene Erstbefundung dieses Falls ab, bevor Sie ihn adjudizieren.</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication.py"/>
        <source>Open a study and a case first.</source>
        <translation>Öffnen Sie zuerst eine Studie und einen Fall.</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication.py"/>
        <source>{0} has not locked a first read of this case yet.</source>
        <translation>{0} hat noch keine Erstbefundung dieses Falls abgeschlossen.</translation>
    </message>
</context>
<context>
    <name>AdjudicationBar</name>
    <message>
        <location filename="../../app/readers/adjudication_bar.py"/>
        <source>Accept</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication_bar.py"/>
        <source>Accept all agreed</source>
        <translation>Alle übereinstimmenden übernehmen</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication_bar.py"/>
        <source>Adjudication</source>
        <translation>Adjudikation</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication_bar.py"/>
        <source>All agreed ({0})</source>
        <translation>Alle übereinstimmenden ({0})</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication_bar.py"/>
        <source>Copy every mark that both readers have, as one step</source>
        <translation>Kopiert alle Markierungen, die beide Befunder haben, in einem Schritt</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication_bar.py"/>
        <source>Copy the mark that is picked into the middle (Enter)</source>
        <translation>Kopiert die ausgewählte Markierung in die Mitte (Eingabetaste)</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication_bar.py"/>
        <source>End adjudication</source>
        <translation>Adjudikation beenden</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication_bar.py"/>
        <source>Grade of {0}</source>
        <translation>Grad von {0}</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication_bar.py"/>
        <source>Image alone</source>
        <translation>Nur das Bild</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication_bar.py"/>
        <source>Map under the marks</source>
        <translation>Karte unter den Markierungen</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication_bar.py"/>
        <source>Take this grade for the adjudicated layer</source>
        <translation>Diesen Grad in die adjudizierte Ebene übernehmen</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication_bar.py"/>
        <source>{0} agreed · {1} open</source>
        <translation>{0} einig · {1} offen</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication_bar.py"/>
        <source>{0}: {1}</source>
        <translation>{0}: {1}</translation>
    </message>
</context>
<context>
    <name>AdjudicationDialog</name>
    <message>
        <location filename="../../app/readers/adjudication_bar.py"/>
        <source>&amp;Left</source>
        <translation>&amp;Links</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication_bar.py"/>
        <source>&amp;Right</source>
        <translation>&amp;Rechts</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication_bar.py"/>
        <source>Adjudicate</source>
        <translation>Adjudizieren</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication_bar.py"/>
        <source>Both readers stand side by side; between them grows the adjudicated layer, from marks that you accept or draw there.</source>
        <translation>Beide Befunder stehen nebeneinander; dazwischen entsteht die adjudizierte Ebene aus Markierungen, die Sie übernehmen oder dort zeichnen.</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication_bar.py"/>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <location filename="../../app/readers/adjudication_bar.py"/>
        <source>Reader</source>
        <translation>Befunder</translation>
    </message>
</context>
<context>
    <name>AgreementDialog</name>
    <message>
        <location filename="../../app/agreement/dialog.py"/>
        <source>Agreement</source>
        <translation>Übereinstimmung</translation>
    </message>
    <message>
        <location filename="../../app/agreement/dialog.py"/>
        <source>Agreement, a row for each number</source>
        <translation>Übereinstimmung, eine Zeile je Wert</translation>
    </message>
    <message>
        <location filename="../../app/agreement/dialog.py"/>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <location filename="../../app/agreement/dialog.py"/>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <location filename="../../app/agreement/dialog.py"/>
        <source>Cases</source>
        <translation>Fälle</translation>
    </message>
    <message>
        <location filename="../../app/agreement/dialog.py"/>
        <source>Cases behind the chosen number, worst first</source>
        <translation>Fälle hinter dem gewählten Wert, der schlechteste zuerst</translation>
    </message>
    <message>
        <location filename="../../app/agreement/dialog.py"/>
        <source>Cases of {0} and {1}, {2}, worst first</source>
        <translation>Fälle von {0} und {1}, {2}, der schlechteste zuerst</translation>
    </message>
    <message>
        <location filename="../../app/agreement/dialog.py"/>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <location filename="../../app/agreement/dialog.py"/>
        <source>No study is open; open a folder first.</source>
        <translation>Keine Studie ist geöffnet; öffnen Sie zuerst einen Ordner.</translation>
    </message>
    <message>
        <location filename="../../app/agreement/dialog.py"/>
        <source>Progress of the comparison</source>
        <translation>Fortschritt des Vergleichs</translation>
    </message>
    <message>
        <location filename="../../app/agreement/dialog.py"/>
        <source>Save cases…</source>
        <translation>Fälle speichern…</translation>
    </message>
    <message>
        <location filename="../../app/agreement/dialog.py"/>
        <source>Save numbers…</source>
        <translation>Werte speichern…</translation>
    </message>
    <message>
        <location filename="../../app/agreement/dialog.py"/>
        <source>Save table</source>
        <translation>Tabelle speichern</translation>
    </message>
    <message>
        <location filename="../../app/agreement/dialog.py"/>
        <source>Saved {0}.</source>
        <translation>{0} gespeichert.</translation>
    </message>
    <message>
        <location filename="../../app/agreement/dialog.py"/>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <location filename="../../app/agreement/dialog.py"/>
        <source>These readers have nothing in common to compare.</source>
        <translation>Diese Befunder haben nichts gemeinsam, das sich vergleichen lässt.</translation>
    </message>
    <message>
        <location filename="../../app/agreement/dialog.py"/>
        <source>{0} cases are left out: your first read of them is not locked, and the protocol hides what others or models say about them until then.</source>
        <translation>{0} Fälle sind ausgelassen: Ihre Erstbefundung ist dort nicht abgeschlossen, und das Protokoll verbirgt bis dahin, was andere oder Modelle dazu sagen.</translation>
    </message>
    <message>
        <location filename="../../app/agreement/dialog.py"/>
        <source>{0}: {1} of {2} cases</source>
        <translation>{0}: {1} von {2} Fällen</translation>
    </message>
    <message>
        <location filename="../../app/agreement/dialog.py"/>
        <source>… and {0} more</source>
        <translation>… und {0} weitere</translation>
    </message>
</context>
<context>
    <name>AnnotateCommands</name>
    <message>
        <location filename="../../app/commands/annotate.py"/>
        <source>Merge {0} shapes</source>
        <translation>{0} Formen vereinigen</translation>
    </message>
    <message>
        <location filename="../../app/commands/annotate.py"/>
        <source>None of these shapes has a pixel inside the image.</source>
        <translation>Keine dieser Formen hat ein Pixel innerhalb des Bildes.</translation>
    </message>
    <message>
        <location filename="../../app/commands/annotate.py"/>
        <source>Select one mask, then split it into its parts.</source>
        <translation>Wählen Sie eine Maske aus und zerlegen Sie sie dann.</translation>
    </message>
    <message>
        <location filename="../../app/commands/annotate.py"/>
        <source>Select two or more shapes with an inside, then merge them.</source>
        <translation>Wählen Sie zwei oder mehr Flächen aus und vereinigen Sie sie dann.</translation>
    </message>
    <message>
        <location filename="../../app/commands/annotate.py"/>
        <source>Split a mask into {0} parts</source>
        <translation>Maske in {0} Teile zerlegen</translation>
    </message>
    <message>
        <location filename="../../app/commands/annotate.py"/>
        <source>This mask hangs together; wipe a gap first, then split it.</source>
        <translation>Diese Maske hängt zusammen; radieren Sie zuerst eine Lücke und zerlegen Sie sie dann.</translation>
    </message>
</context>
<context>
    <name>AnnotationList</name>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>1 mark of another reader is on this image (change reader: Ctrl+R).</source>
        <translation>1 Markierung eines anderen Befunders liegt auf diesem Bild (Befunder wechseln: Strg+R).</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>Draw a box (B), an ellipse (O), a polygon (G), a freehand outline (D) or a point (K), or measure a length (J).</source>
        <translation>Zeichnen Sie ein Rechteck (B), eine Ellipse (O), ein Polygon (G), eine Freihandkontur (D) oder einen Punkt (K), oder messen Sie eine Länge (J).</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>Nothing is marked yet.</source>
        <translation>Noch ist nichts markiert.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>You have marked nothing here yet.</source>
        <translation>Sie haben hier noch nichts markiert.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>{0} marks of other readers are on this image (change reader: Ctrl+R).</source>
        <translation>{0} Markierungen anderer Befunder liegen auf diesem Bild (Befunder wechseln: Strg+R).</translation>
    </message>
</context>
<context>
    <name>AnnotationModel</name>
    <message>
        <location filename="../../app/annotate/panels/list_model.py"/>
        <source>Click to hide</source>
        <translation>Klicken, um sie auszublenden</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list_model.py"/>
        <source>Click to lock</source>
        <translation>Klicken, um sie zu sperren</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list_model.py"/>
        <source>Hidden shapes are not drawn; they still count (Ctrl+H)</source>
        <translation>Ausgeblendete Formen werden nicht gezeichnet; sie zählen trotzdem (Strg+H)</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list_model.py"/>
        <source>Hidden: click to show</source>
        <translation>Ausgeblendet: zum Einblenden klicken</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list_model.py"/>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list_model.py"/>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list_model.py"/>
        <source>Locked shapes cannot be changed (Ctrl+L)</source>
        <translation>Gesperrte Formen lassen sich nicht ändern (Strg+L)</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list_model.py"/>
        <source>Locked: click to unlock</source>
        <translation>Gesperrt: zum Entsperren klicken</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list_model.py"/>
        <source>Not saved yet; kept and tried again.</source>
        <translation>Noch nicht gespeichert; wird aufbewahrt und erneut versucht.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list_model.py"/>
        <source>Pixel spacing unknown: sizes are in image pixels.</source>
        <translation>Pixelabstand unbekannt: Größen in Bildpixeln.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list_model.py"/>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list_model.py"/>
        <source>no label</source>
        <translation>ohne Label</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list_model.py"/>
        <source>{0}, with a note</source>
        <translation>{0}, mit Notiz</translation>
    </message>
</context>
<context>
    <name>AnnotationTable</name>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>Annotations</source>
        <translation>Annotationen</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>Enlarge by a tenth</source>
        <translation>Um ein Zehntel vergrößern</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>Hide or show</source>
        <translation>Ein- oder ausblenden</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>Lock or unlock</source>
        <translation>Sperren oder entsperren</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>Lower</source>
        <translation>Nach hinten</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>Raise</source>
        <translation>Nach vorn</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>Show all hidden</source>
        <translation>Alle ausgeblendeten zeigen</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>Shrink by a tenth</source>
        <translation>Um ein Zehntel verkleinern</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>To the bottom</source>
        <translation>Ganz nach hinten</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>To the top</source>
        <translation>Ganz nach vorn</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>Turn and resize</source>
        <translation>Drehen und skalieren</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>Turn clockwise by 15°</source>
        <translation>Um 15° im Uhrzeigersinn drehen</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>Turn counter-clockwise by 15°</source>
        <translation>Um 15° gegen den Uhrzeigersinn drehen</translation>
    </message>
</context>
<context>
    <name>Annotator</name>
    <message>
        <location filename="../../app/annotate/annotator.py"/>
        <source>A locked shape stays as it is; unlock it first, in the list or by its key.</source>
        <translation>Eine gesperrte Form bleibt, wie sie ist; entsperren Sie sie zuerst, in der Liste oder mit der Taste.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/annotator.py"/>
        <source>Change {0} of {1} shapes</source>
        <translation>{0} von {1} Formen ändern</translation>
    </message>
    <message>
        <location filename="../../app/annotate/annotator.py"/>
        <source>Delete {0} shapes</source>
        <translation>{0} Formen löschen</translation>
    </message>
    <message>
        <location filename="../../app/annotate/annotator.py"/>
        <source>Duplicate {0} shapes</source>
        <translation>{0} Formen duplizieren</translation>
    </message>
    <message>
        <location filename="../../app/annotate/annotator.py"/>
        <source>Relabel {0} shapes to {1}</source>
        <translation>{0} Formen umbenennen in {1}</translation>
    </message>
</context>
<context>
    <name>Arrange</name>
    <message>
        <location filename="../../app/annotate/arrange.py"/>
        <source>A mask keeps to its pixels: it can only be moved.</source>
        <translation>Eine Maske bleibt bei ihren Pixeln: Sie lässt sich nur verschieben.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/arrange.py"/>
        <source>Hidden shapes still count; Annotate &gt; Show all hidden brings them back.</source>
        <translation>Ausgeblendete Formen zählen weiter; Annotieren &gt; Alle ausgeblendeten zeigen holt sie zurück.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/arrange.py"/>
        <source>Hide {0} shapes</source>
        <translation>{0} Formen ausblenden</translation>
    </message>
    <message>
        <location filename="../../app/annotate/arrange.py"/>
        <source>Lock {0} shapes</source>
        <translation>{0} Formen sperren</translation>
    </message>
    <message>
        <location filename="../../app/annotate/arrange.py"/>
        <source>Move {0} shapes</source>
        <translation>{0} Formen verschieben</translation>
    </message>
    <message>
        <location filename="../../app/annotate/arrange.py"/>
        <source>No shape is hidden in this image.</source>
        <translation>In diesem Bild ist keine Form ausgeblendet.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/arrange.py"/>
        <source>Nothing is marked in this image yet.</source>
        <translation>In diesem Bild ist noch nichts markiert.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/arrange.py"/>
        <source>Reorder {0} shapes</source>
        <translation>{0} Formen umordnen</translation>
    </message>
    <message>
        <location filename="../../app/annotate/arrange.py"/>
        <source>Resize {0} shapes</source>
        <translation>Größe von {0} Formen ändern</translation>
    </message>
    <message>
        <location filename="../../app/annotate/arrange.py"/>
        <source>Select a shape first.</source>
        <translation>Wählen Sie zuerst eine Form aus.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/arrange.py"/>
        <source>Show {0} shapes</source>
        <translation>{0} Formen einblenden</translation>
    </message>
    <message>
        <location filename="../../app/annotate/arrange.py"/>
        <source>Turn {0} shapes</source>
        <translation>{0} Formen drehen</translation>
    </message>
    <message>
        <location filename="../../app/annotate/arrange.py"/>
        <source>Unlock {0} shapes</source>
        <translation>{0} Formen entsperren</translation>
    </message>
</context>
<context>
    <name>AuditExport</name>
    <message>
        <location filename="../../app/readers/audit.py"/>
        <source>The audit log is in {0}; images are named, patients are not.</source>
        <translation>Das Audit-Protokoll liegt in {0}; Bilder sind darin benannt, Patienten nicht.</translation>
    </message>
    <message>
        <location filename="../../app/readers/audit.py"/>
        <source>The audit log is in {0}; {1} rows of others are left out: the protocol hides their cases until you lock your first reads.</source>
        <translation>Das Audit-Protokoll liegt in {0}; {1} Zeilen anderer fehlen darin: Das Befundungsprotokoll verbirgt ihre Fälle, bis Ihre ersten Befundungen abgeschlossen sind.</translation>
    </message>
</context>
<context>
    <name>Background</name>
    <message>
        <location filename="../../app/controller/background.py"/>
        <source>No open model is for {0} images.</source>
        <translation>Kein geöffnetes Modell ist für Bilder der Art {0}.</translation>
    </message>
</context>
<context>
    <name>Balance</name>
    <message>
        <location filename="../../app/training/summary.py"/>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <location filename="../../app/training/summary.py"/>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <location filename="../../app/training/summary.py"/>
        <source>Images by class: training, validation, test</source>
        <translation>Bilder je Klasse: Training, Validierung, Test</translation>
    </message>
    <message>
        <location filename="../../app/training/summary.py"/>
        <source>Patients</source>
        <translation>Patienten</translation>
    </message>
    <message>
        <location filename="../../app/training/summary.py"/>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <location filename="../../app/training/summary.py"/>
        <source>Train</source>
        <translation>Train.</translation>
    </message>
    <message>
        <location filename="../../app/training/summary.py"/>
        <source>Val</source>
        <translation>Val.</translation>
    </message>
    <message>
        <location filename="../../app/training/summary.py"/>
        <source>{0} more classes</source>
        <translation>{0} weitere Klassen</translation>
    </message>
</context>
<context>
    <name>CaseCommands</name>
    <message>
        <location filename="../../app/commands/case.py"/>
        <source>No case is unread.</source>
        <translation>Kein Fall ist ungelesen.</translation>
    </message>
    <message>
        <location filename="../../app/commands/case.py"/>
        <source>The search leaves {0} of {1} cases; Ctrl+F, then Esc, clears it.</source>
        <translation>Die Suche lässt {0} von {1} Fällen übrig; Strg+F, dann Esc hebt sie auf.</translation>
    </message>
</context>
<context>
    <name>CaseDelegate</name>
    <message>
        <location filename="../../app/worklist/delegate.py"/>
        <source>cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <location filename="../../app/worklist/delegate.py"/>
        <source>not predicted</source>
        <translation>nicht vorhergesagt</translation>
    </message>
</context>
<context>
    <name>CasesModel</name>
    <message>
        <location filename="../../app/evaluation/cases_table.py"/>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/cases_table.py"/>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/cases_table.py"/>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/cases_table.py"/>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/cases_table.py"/>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/cases_table.py"/>
        <source>yes</source>
        <translation>ja</translation>
    </message>
</context>
<context>
    <name>CasesTab</name>
    <message>
        <location filename="../../app/evaluation/cases_table.py"/>
        <source>1 row; a click, or Enter, shows the image and the map.</source>
        <translation>1 Zeile; ein Klick oder die Eingabetaste zeigt Bild und Karte.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/cases_table.py"/>
        <source>All methods</source>
        <translation>Alle Methoden</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/cases_table.py"/>
        <source>All methods, without chance</source>
        <translation>Alle Methoden, ohne Zufall</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/cases_table.py"/>
        <source>All models</source>
        <translation>Alle Modelle</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/cases_table.py"/>
        <source>Find an image</source>
        <translation>Bild suchen</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/cases_table.py"/>
        <source>Images of which method</source>
        <translation>Bilder welcher Methode</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/cases_table.py"/>
        <source>Images of which model</source>
        <translation>Bilder welches Modells</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/cases_table.py"/>
        <source>Images, a row for each model and method</source>
        <translation>Bilder, eine Zeile je Modell und Methode</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/cases_table.py"/>
        <source>No image is like that; change the filters.</source>
        <translation>Kein Bild passt dazu; ändern Sie die Filter.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/cases_table.py"/>
        <source>No map was measured in this evaluation.</source>
        <translation>In dieser Auswertung wurde keine Karte gemessen.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/cases_table.py"/>
        <source>{0} rows; a click, or Enter, shows the image and the map.</source>
        <translation>{0} Zeilen; ein Klick oder die Eingabetaste zeigt Bild und Karte.</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <location filename="../../app/evaluation/plots.py"/>
        <source>{0} of {1} images of {2} are predicted as {3}</source>
        <translation>{0} von {1} Bildern der Klasse {2} werden als {3} vorhergesagt</translation>
    </message>
</context>
<context>
    <name>Choices</name>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>0, or 20% of maximum</source>
        <translation>0 oder 20% des Maximums</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>A random map, a map of the centre, and the method on a network with random weights: what a number has to beat.</source>
        <translation>Eine Zufallskarte, eine Karte der Bildmitte und die Methode auf einem Netz mit zufälligen Gewichten: was ein Wert übertreffen muss.</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Above</source>
        <translation>Über</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Adjudicated</source>
        <translation>Adjudiziert</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Agreement needs two readers, or a reader and an open model.</source>
        <translation>Für die Übereinstimmung braucht es zwei Befunder oder einen Befunder und ein geöffnetes Modell.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>All, and each</source>
        <translation>Alle, und einzeln</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Annotated</source>
        <translation>Annotierte</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Cases</source>
        <translation>Fälle</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Centre inside the other</source>
        <translation>Mittelpunkt in der anderen</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Chance beside them</source>
        <translation>Daneben der Zufall</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Class of the maps</source>
        <translation>Klasse der Karten</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Counts where a reader has read a case again, after the reveal for instance</source>
        <translation>Zählt, wo ein Befunder einen Fall erneut befundet hat, etwa nach dem Aufdecken</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Evidence, else Grad-CAM</source>
        <translation>Evidenz, sonst Grad-CAM</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>First, as it was locked</source>
        <translation>Erste, wie abgeschlossen</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Given with the images</source>
        <translation>Mit den Bildern geliefert</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>IoU at least</source>
        <translation>IoU mindestens</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Kappa weights</source>
        <translation>Kappa-Gewichte</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Label of the marks</source>
        <translation>Label der Markierungen</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Label, else predicted</source>
        <translation>Label, sonst Vorhersage</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Last, as it stands now</source>
        <translation>Letzte, wie sie jetzt ist</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Least intersection over union</source>
        <translation>Kleinstes Verhältnis von Schnitt- zu Vereinigungsmenge</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Lesions match</source>
        <translation>Läsionen gleich</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Linear</source>
        <translation>Linear</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Majority of readers</source>
        <translation>Mehrheit der Befunder</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Maps</source>
        <translation>Karten</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Maps mark what lies above: a number in their units, or a share of their maximum (20%). Left empty: 0 for evidence, 20% for other methods.</source>
        <translation>Karten markieren, was darüber liegt: eine Zahl in ihrer Einheit oder ein Anteil ihres Maximums (20%). Leer: 0 für Evidenz, 20% für andere Methoden.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Marks</source>
        <translation>Markierungen</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Methods</source>
        <translation>Methoden</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Methods to evaluate</source>
        <translation>Auszuwertende Methoden</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Metrics</source>
        <translation>Metriken</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Metrics to measure</source>
        <translation>Zu messende Metriken</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Mine: {0}</source>
        <translation>Meine: {0}</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Models to compare the readers with</source>
        <translation>Modelle, mit denen die Befunder verglichen werden</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Models to evaluate</source>
        <translation>Auszuwertende Modelle</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>No model is open; open one in the Models menu.</source>
        <translation>Kein Modell ist geöffnet; öffnen Sie eines im Menü Modelle.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>No study is open; open a folder first.</source>
        <translation>Keine Studie ist geöffnet; öffnen Sie zuerst einen Ordner.</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Open a model first.</source>
        <translation>Öffnen Sie zuerst ein Modell.</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Overlap (IoU)</source>
        <translation>Überlappung (IoU)</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Parts of a mask are lesions</source>
        <translation>Teile einer Maske sind Läsionen</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Predicted</source>
        <translation>Vorhergesagt</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Quadratic</source>
        <translation>Quadratisch</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Readers</source>
        <translation>Befunder</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Readers to compare</source>
        <translation>Zu vergleichende Befunder</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Reads</source>
        <translation>Befundungen</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Shown in the worklist</source>
        <translation>In der Fallliste gezeigte</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>The first read of each reader counts, as it was when it was locked.</source>
        <translation>Es zählt die erste Befundung jedes Befunders, so wie sie abgeschlossen wurde.</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>The last read of each reader counts: what stands now.</source>
        <translation>Es zählt die letzte Befundung jedes Befunders: was jetzt dort steht.</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>The protocol hides what others and models say until your first read of a case is locked; lock one, then compare.</source>
        <translation>Das Protokoll verbirgt, was andere und Modelle sagen, bis Ihre Erstbefundung eines Falls abgeschlossen ist; schließen Sie eine ab und vergleichen Sie dann.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>The protocol hides what others and models say until your first read of a case is locked; lock one, then evaluate.</source>
        <translation>Das Protokoll verbirgt, was andere und Modelle sagen, bis Ihre Erstbefundung eines Falls abgeschlossen ist; schließen Sie eine ab und werten Sie dann aus.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>The worklist shows no case; change its search.</source>
        <translation>Die Fallliste zeigt keinen Fall; ändern Sie die Suche.</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Threshold of the maps</source>
        <translation>Schwelle der Karten</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Tick a method to evaluate.</source>
        <translation>Kreuzen Sie eine Methode an, die ausgewertet werden soll.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Tick a metric to measure.</source>
        <translation>Kreuzen Sie eine Metrik an, die gemessen werden soll.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Tick a model to evaluate.</source>
        <translation>Kreuzen Sie ein Modell an, das ausgewertet werden soll.</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Tick two readers, or a reader and a model, to compare them.</source>
        <translation>Kreuzen Sie zwei Befunder oder einen Befunder und ein Modell an, um sie zu vergleichen.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Union of all readers</source>
        <translation>Vereinigung aller Befunder</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Weights of Cohen&apos;s kappa</source>
        <translation>Gewichte von Cohens Kappa</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>When two lesions are one</source>
        <translation>Wann zwei Läsionen dieselbe sind</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Which cases are measured</source>
        <translation>Welche Fälle gemessen werden</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Which class is explained</source>
        <translation>Welche Klasse erklärt wird</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Which read of each reader counts</source>
        <translation>Welche Befundung jedes Befunders zählt</translation>
    </message>
    <message>
        <location filename="../../app/agreement/choices.py"/>
        <source>Whose maps of the model</source>
        <translation>Wessen Karten des Modells</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Whose marks are the truth</source>
        <translation>Wessen Markierungen als wahr gelten</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>{0}  · slow</source>
        <translation>{0}  · langsam</translation>
    </message>
</context>
<context>
    <name>ClassBox</name>
    <message>
        <location filename="../../app/training/meaning.py"/>
        <source>Choose a class, or write one</source>
        <translation>Klasse wählen oder eingeben</translation>
    </message>
    <message>
        <location filename="../../app/training/meaning.py"/>
        <source>Class of {0}</source>
        <translation>Klasse von {0}</translation>
    </message>
    <message>
        <location filename="../../app/training/meaning.py"/>
        <source>Leave out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <location filename="../../app/training/meaning.py"/>
        <source>left out</source>
        <translation>ausgelassen</translation>
    </message>
</context>
<context>
    <name>ClassList</name>
    <message>
        <location filename="../../app/evidence/class_list.py"/>
        <source>A demo model, trained on drawn phantoms: not valid on this image.</source>
        <translation>Ein Demomodell, mit gezeichneten Phantomen trainiert: für dieses Bild nicht gültig.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/class_list.py"/>
        <source>At most {0} classes can be told apart at once; leave one out first.</source>
        <translation>Höchstens {0} Klassen lassen sich zugleich unterscheiden; lassen Sie zuerst eine weg.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/class_list.py"/>
        <source>Follow the prediction</source>
        <translation>Der Vorhersage folgen</translation>
    </message>
    <message>
        <location filename="../../app/evidence/class_list.py"/>
        <source>Made for {0}; check that this image is one.</source>
        <translation>Gemacht für {0}; prüfen Sie, ob dieses Bild dazu gehört.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/class_list.py"/>
        <source>No model is open. Choose Models &gt; Open model, or drop a .safetensors file here, to see what it predicts and why.</source>
        <translation>Kein Modell ist geöffnet. Wählen Sie Modelle &gt; Modell öffnen oder ziehen Sie eine .safetensors-Datei hierher, um zu sehen, was es vorhersagt und warum.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/class_list.py"/>
        <source>None of the open models suits this kind of image.</source>
        <translation>Keines der geöffneten Modelle passt zu dieser Art von Bild.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/class_list.py"/>
        <source>Show each case&apos;s most probable class (key 0)</source>
        <translation>Zeigt die wahrscheinlichste Klasse jedes Falls (Taste 0)</translation>
    </message>
    <message>
        <location filename="../../app/evidence/class_list.py"/>
        <source>Shows “{0}” in every case now; key 0 follows the prediction.</source>
        <translation>Zeigt jetzt in jedem Fall „{0}“; Taste 0 folgt der Vorhersage.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/class_list.py"/>
        <source>The predicted class</source>
        <translation>Die vorhergesagte Klasse</translation>
    </message>
</context>
<context>
    <name>ClassView</name>
    <message>
        <location filename="../../app/evidence/class_view.py"/>
        <source>Classes in the maps</source>
        <translation>Klassen in den Karten</translation>
    </message>
    <message>
        <location filename="../../app/evidence/class_view.py"/>
        <source>One class</source>
        <translation>Eine Klasse</translation>
    </message>
    <message>
        <location filename="../../app/evidence/class_view.py"/>
        <source>Several</source>
        <translation>Mehrere</translation>
    </message>
    <message>
        <location filename="../../app/evidence/class_view.py"/>
        <source>What the maps show: the class in view; up to eight classes, each in its hue; or at each place the class with the most evidence</source>
        <translation>Was die Karten zeigen: die gezeigte Klasse; bis zu acht Klassen, jede in ihrem Farbton; oder an jeder Stelle die Klasse mit der meisten Evidenz</translation>
    </message>
    <message>
        <location filename="../../app/evidence/class_view.py"/>
        <source>Winner</source>
        <translation>Stärkste</translation>
    </message>
</context>
<context>
    <name>ComfortCommands</name>
    <message>
        <location filename="../../app/commands/comfort.py"/>
        <source>Hold {0} down to see the image alone.</source>
        <translation>Halten Sie {0} gedrückt, um nur das Bild zu sehen.</translation>
    </message>
    <message>
        <location filename="../../app/commands/comfort.py"/>
        <source>Text size {0} %.</source>
        <translation>Textgröße {0} %.</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <location filename="../../app/command_palette/dialog.py"/>
        <source>An action, a case, a class, a panel …</source>
        <translation>Eine Aktion, ein Fall, eine Klasse, ein Bereich …</translation>
    </message>
    <message>
        <location filename="../../app/command_palette/dialog.py"/>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <location filename="../../app/command_palette/dialog.py"/>
        <source>Find and do anything</source>
        <translation>Alles finden und ausführen</translation>
    </message>
    <message>
        <location filename="../../app/command_palette/dialog.py"/>
        <source>Nothing is called that.</source>
        <translation>So heißt nichts.</translation>
    </message>
    <message>
        <location filename="../../app/command_palette/dialog.py"/>
        <source>What fits</source>
        <translation>Was passt</translation>
    </message>
</context>
<context>
    <name>CompareCommands</name>
    <message>
        <location filename="../../app/commands/compare.py"/>
        <source>Layout “{0}” saved.</source>
        <translation>Anordnung „{0}“ gespeichert.</translation>
    </message>
    <message>
        <location filename="../../app/commands/compare.py"/>
        <source>Open a study first: layouts are kept in it.</source>
        <translation>Öffnen Sie zuerst eine Studie: Anordnungen werden in ihr aufbewahrt.</translation>
    </message>
    <message>
        <location filename="../../app/commands/compare.py"/>
        <source>Save layout</source>
        <translation>Anordnung speichern</translation>
    </message>
</context>
<context>
    <name>Compared</name>
    <message>
        <location filename="../../app/evidence/ledger/compared.py"/>
        <source>The probability of the image with the region&apos;s pixels covered: one more pass of the network, which also sees the cover.</source>
        <translation>Die Wahrscheinlichkeit des Bildes mit verdeckten Pixeln der Region: ein weiterer Durchgang des Netzes, das auch die Abdeckung sieht.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/compared.py"/>
        <source>The probability once the region&apos;s share is taken out of every logit. Exact: a logit is the sum of the shares of its cells.</source>
        <translation>Die Wahrscheinlichkeit, wenn der Anteil der Region aus jedem Logit genommen ist. Exakt: Ein Logit ist die Summe der Anteile seiner Zellen.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/compared.py"/>
        <source>The probability that the model gives to the whole image.</source>
        <translation>Die Wahrscheinlichkeit, die das Modell dem ganzen Bild gibt.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/compared.py"/>
        <source>as predicted</source>
        <translation>wie vorhergesagt</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/compared.py"/>
        <source>of an earlier region</source>
        <translation>frühere Region</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/compared.py"/>
        <source>predicting…</source>
        <translation>wird vorhergesagt…</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/compared.py"/>
        <source>the class that gains most once the region is taken out</source>
        <translation>die Klasse, die am meisten gewinnt, wenn die Region wegfällt</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/compared.py"/>
        <source>the most probable of the other classes</source>
        <translation>die wahrscheinlichste der anderen Klassen</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/compared.py"/>
        <source>without that evidence</source>
        <translation>ohne diese Evidenz</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/compared.py"/>
        <source>without those pixels</source>
        <translation>ohne diese Pixel</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/compared.py"/>
        <source>{0}: {1}</source>
        <translation>{0}: {1}</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <location filename="../../app/agreement/comparison.py"/>
        <source>Readers</source>
        <translation>Befunder</translation>
    </message>
</context>
<context>
    <name>ComparisonTable</name>
    <message>
        <location filename="../../app/training/live/comparison.py"/>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <location filename="../../app/training/live/comparison.py"/>
        <source>Copy the comparison</source>
        <translation>Vergleich kopieren</translation>
    </message>
    <message>
        <location filename="../../app/training/live/comparison.py"/>
        <source>Copy the table, for a text or a spreadsheet</source>
        <translation>Kopiert die Tabelle, für einen Text oder eine Tabellenkalkulation</translation>
    </message>
    <message>
        <location filename="../../app/training/live/comparison.py"/>
        <source>Runs side by side</source>
        <translation>Läufe nebeneinander</translation>
    </message>
    <message>
        <location filename="../../app/training/live/comparison.py"/>
        <source>Runs side by side, a column for each</source>
        <translation>Läufe nebeneinander, eine Spalte für jeden</translation>
    </message>
    <message>
        <location filename="../../app/training/live/comparison.py"/>
        <source>Tick another run to see in what the two differ.</source>
        <translation>Kreuzen Sie einen weiteren Lauf an, um zu sehen, worin sich die beiden unterscheiden.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/comparison.py"/>
        <source>Tick two runs or more to compare them.</source>
        <translation>Kreuzen Sie zwei oder mehr Läufe an, um sie zu vergleichen.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/comparison.py"/>
        <source>{0} highest of the row. Below: the lambdas, and in what the runs differ.</source>
        <translation>{0} höchster Wert der Zeile. Darunter: die Lambdas und worin sich die Läufe unterscheiden.</translation>
    </message>
</context>
<context>
    <name>Controller</name>
    <message>
        <location filename="../../app/controller/__init__.py"/>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <location filename="../../app/controller/__init__.py"/>
        <source>Every case has been read.</source>
        <translation>Alle Fälle sind befundet.</translation>
    </message>
    <message>
        <location filename="../../app/controller/__init__.py"/>
        <source>No images were found in {0}; choose a folder with PNG, JPEG, TIFF, BMP or DICOM files.</source>
        <translation>In {0} wurden keine Bilder gefunden; wählen Sie einen Ordner mit PNG-, JPEG-, TIFF-, BMP- oder DICOM-Dateien.</translation>
    </message>
    <message>
        <location filename="../../app/controller/__init__.py"/>
        <source>No study is open to keep a case&apos;s status; open a folder or study.</source>
        <translation>Keine Studie ist geöffnet, die den Status eines Falls aufnehmen kann; öffnen Sie einen Ordner oder eine Studie.</translation>
    </message>
</context>
<context>
    <name>CrashBar</name>
    <message>
        <location filename="../../app/crash_bar.py"/>
        <source>Delete the log</source>
        <translation>Protokoll löschen</translation>
    </message>
    <message>
        <location filename="../../app/crash_bar.py"/>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <location filename="../../app/crash_bar.py"/>
        <source>Show details</source>
        <translation>Einzelheiten zeigen</translation>
    </message>
    <message>
        <location filename="../../app/crash_bar.py"/>
        <source>SoftCAM Viewer ended unexpectedly last time. Your marks are saved.</source>
        <translation>SoftCAM Viewer wurde beim letzten Mal unerwartet beendet. Ihre Markierungen sind gespeichert.</translation>
    </message>
    <message>
        <location filename="../../app/crash_bar.py"/>
        <source>Something went wrong in SoftCAM Viewer last time.</source>
        <translation>Beim letzten Mal ging in SoftCAM Viewer etwas schief.</translation>
    </message>
</context>
<context>
    <name>CurveLegend</name>
    <message>
        <location filename="../../app/evaluation/legend.py"/>
        <source>Curves; untick one to hide it</source>
        <translation>Kurven; wird eine abgewählt, ist sie ausgeblendet</translation>
    </message>
</context>
<context>
    <name>CurvesView</name>
    <message>
        <location filename="../../app/training/live/curves.py"/>
        <source>&amp;Logarithmic</source>
        <translation>&amp;Logarithmisch</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curves.py"/>
        <source>&amp;Save…</source>
        <translation>&amp;Speichern…</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curves.py"/>
        <source>Curves of the runs</source>
        <translation>Kurven der Läufe</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curves.py"/>
        <source>Logarithmic axis</source>
        <translation>Logarithmische Achse</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curves.py"/>
        <source>No epoch of this run was finished, so there is nothing to draw.</source>
        <translation>Keine Epoche dieses Laufs wurde beendet; es gibt nichts zu zeichnen.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curves.py"/>
        <source>Pictures (*.png);;Drawings (*.svg);;Numbers of all curves (*.csv)</source>
        <translation>Bilder (*.png);;Zeichnungen (*.svg);;Zahlen aller Kurven (*.csv)</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curves.py"/>
        <source>Save curves</source>
        <translation>Kurven speichern</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curves.py"/>
        <source>Save the curves</source>
        <translation>Die Kurven speichern</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curves.py"/>
        <source>Save the figure (PNG, SVG), or all its numbers (CSV)</source>
        <translation>Speichert die Abbildung (PNG, SVG) oder alle ihre Zahlen (CSV)</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curves.py"/>
        <source>Saved {0}.</source>
        <translation>{0} gespeichert.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curves.py"/>
        <source>The first epoch is under way; its numbers come when it is finished.</source>
        <translation>Die erste Epoche läuft; ihre Zahlen kommen, wenn sie beendet ist.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curves.py"/>
        <source>Tick one run or several to see their curves.</source>
        <translation>Kreuzen Sie einen oder mehrere Läufe an, um ihre Kurven zu sehen.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curves.py"/>
        <source>Which curves</source>
        <translation>Welche Kurven</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curves.py"/>
        <source>{0} cannot be written: {1}.</source>
        <translation>{0} kann nicht geschrieben werden: {1}.</translation>
    </message>
</context>
<context>
    <name>DamagedDialog</name>
    <message>
        <location filename="../../app/safety/damaged.py"/>
        <source>Close this window to open the study.</source>
        <translation>Schließen Sie dieses Fenster, um die Studie zu öffnen.</translation>
    </message>
    <message>
        <location filename="../../app/safety/damaged.py"/>
        <source>Copies of the study</source>
        <translation>Kopien der Studie</translation>
    </message>
    <message>
        <location filename="../../app/safety/damaged.py"/>
        <source>Copies that were made of it, the newest first:</source>
        <translation>Kopien, die davon angelegt wurden, die neueste zuerst:</translation>
    </message>
    <message>
        <location filename="../../app/safety/damaged.py"/>
        <source>No copy of it was made yet.</source>
        <translation>Es wurde noch keine Kopie angelegt.</translation>
    </message>
    <message>
        <location filename="../../app/safety/damaged.py"/>
        <source>Nothing was changed.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
        <location filename="../../app/safety/damaged.py"/>
        <source>Read what is left</source>
        <translation>Lesen, was übrig ist</translation>
    </message>
    <message>
        <location filename="../../app/safety/damaged.py"/>
        <source>Reading what is left usually finds more than yesterday&apos;s copy. Whatever you choose, the damaged file is kept beside the study under another name.</source>
        <translation>Zu lesen, was übrig ist, rettet meist mehr als die Kopie von gestern. Was Sie auch wählen: Die beschädigte Datei bleibt unter anderem Namen neben der Studie liegen.</translation>
    </message>
    <message>
        <location filename="../../app/safety/damaged.py"/>
        <source>Take the chosen copy</source>
        <translation>Gewählte Kopie nehmen</translation>
    </message>
    <message>
        <location filename="../../app/safety/damaged.py"/>
        <source>The study is damaged</source>
        <translation>Die Studie ist beschädigt</translation>
    </message>
    <message>
        <location filename="../../app/safety/damaged.py"/>
        <source>Working…</source>
        <translation>In Arbeit…</translation>
    </message>
    <message>
        <location filename="../../app/safety/damaged.py"/>
        <source>{0}  –  {1} marks</source>
        <translation>{0}  –  {1} Markierungen</translation>
    </message>
</context>
<context>
    <name>DataForm</name>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>A patient is never torn; a split of the data&apos;s own stays</source>
        <translation>Ein Patient wird nie geteilt; eine Aufteilung der Daten selbst bleibt</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>A table has the columns path and label, and may have patient, split, mask and boxes.</source>
        <translation>Eine Tabelle hat die Spalten path und label und kann patient, split, mask und boxes haben.</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>A table or folder…</source>
        <translation>Eine Tabelle oder ein Ordner…</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Adjudicated</source>
        <translation>Adjudiziert</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>All of them</source>
        <translation>Alle</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>As usual for it</source>
        <translation>Wie dort üblich</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Choose a table of images, or the folder of a data set.</source>
        <translation>Wählen Sie eine Tabelle von Bildern oder den Ordner eines Datensatzes.</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Class from</source>
        <translation>Klasse aus</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Classes of data sets that serve both</source>
        <translation>Klassen von Datensätzen, die für beides taugen</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Data set</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Drawn lesions</source>
        <translation>Gezeichnete Läsionen</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Folder…</source>
        <translation>Ordner…</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Given with the images</source>
        <translation>Mit den Bildern geliefert</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Grade of the image</source>
        <translation>Grad des Bildes</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Grade, else lesions</source>
        <translation>Grad, sonst Läsionen</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>How the patients are parted</source>
        <translation>Wie die Patienten aufgeteilt werden</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Kind of images</source>
        <translation>Art der Bilder</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Labels of</source>
        <translation>Labels von</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Layout</source>
        <translation>Aufbau</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Layout of the data</source>
        <translation>Aufbau der Daten</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Majority of readers</source>
        <translation>Mehrheit der Befunder</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Mine: {0}</source>
        <translation>Meine: {0}</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>No study is open; open a folder, or train from a table.</source>
        <translation>Keine Studie ist geöffnet; öffnen Sie einen Ordner oder trainieren Sie aus einer Tabelle.</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Split</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Table of images</source>
        <translation>Tabelle von Bildern</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Table of images, or folder of a data set</source>
        <translation>Tabelle von Bildern oder Ordner eines Datensatzes</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Tables (*.csv);;All (*)</source>
        <translation>Tabellen (*.csv);;Alle (*)</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Table…</source>
        <translation>Tabelle…</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>The protocol hides what others and models say until your first read of a case is locked; lock one, then train.</source>
        <translation>Das Protokoll verbirgt, was andere und Modelle sagen, bis Ihre Erstbefundung eines Falls abgeschlossen ist; schließen Sie eine ab und trainieren Sie dann.</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>The study has no images; open a folder first.</source>
        <translation>Die Studie hat keine Bilder; öffnen Sie zuerst einen Ordner.</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>This study</source>
        <translation>Diese Studie</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Two: ill or not</source>
        <translation>Zwei: krank oder nicht</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Union of all readers</source>
        <translation>Vereinigung aller Befunder</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>What gives a case its class</source>
        <translation>Was einem Fall seine Klasse gibt</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Where the images come from</source>
        <translation>Woher die Bilder kommen</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>Whose labels count</source>
        <translation>Wessen Labels zählen</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>labels.csv, or a folder</source>
        <translation>labels.csv oder ein Ordner</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>{0} ({1})</source>
        <translation>{0} ({1})</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>{0} does not exist; choose another table or folder.</source>
        <translation>{0} gibt es nicht; wählen Sie eine andere Tabelle oder einen anderen Ordner.</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <location filename="../../app/annotate/panels/details.py"/>
        <source>Certainty</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/details.py"/>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/details.py"/>
        <source>Note; Enter stores it</source>
        <translation>Notiz; die Eingabetaste speichert sie</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/details.py"/>
        <source>certainty not said</source>
        <translation>Sicherheit nicht angegeben</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/details.py"/>
        <source>definite</source>
        <translation>sicher</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/details.py"/>
        <source>possible</source>
        <translation>möglich</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/details.py"/>
        <source>probable</source>
        <translation>wahrscheinlich</translation>
    </message>
</context>
<context>
    <name>DifferencesTab</name>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>All comparisons</source>
        <translation>Alle Vergleiche</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>All metrics</source>
        <translation>Alle Metriken</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>All models</source>
        <translation>Alle Modelle</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>Differences of which metric</source>
        <translation>Unterschiede welcher Metrik</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>Differences of which model</source>
        <translation>Unterschiede welches Modells</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>Differences, a row for each comparison</source>
        <translation>Unterschiede, eine Zeile je Vergleich</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>Find differences</source>
        <translation>Unterschiede suchen</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>No difference is like that; change the filters.</source>
        <translation>Kein Unterschied passt dazu; ändern Sie die Filter.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>Nothing was measured that can be compared; tick chance, or more methods or models.</source>
        <translation>Nichts Vergleichbares wurde gemessen; kreuzen Sie den Zufall oder mehr Methoden oder Modelle an.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>What is compared</source>
        <translation>Was verglichen wird</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>{0} the 95 % interval excludes zero: one is better by more than chance explains. Neither intervals nor p are corrected for how many there are.</source>
        <translation>{0} das 95-%-Intervall schließt die Null aus: Eines ist um mehr besser, als der Zufall erklärt. Weder Intervalle noch p sind für ihre Anzahl korrigiert.</translation>
    </message>
</context>
<context>
    <name>ErrorLog</name>
    <message>
        <location filename="../../app/dialogs/error_log.py"/>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/error_log.py"/>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/error_log.py"/>
        <source>Error log</source>
        <translation>Fehlerprotokoll</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/error_log.py"/>
        <source>Nothing went wrong so far.</source>
        <translation>Bisher ging nichts schief.</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/error_log.py"/>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/error_log.py"/>
        <source>Where in the program errors came from: names of its own files and their lines, nothing of patients, images or folders. Nothing is sent anywhere.</source>
        <translation>Woher im Programm Fehler kamen: Namen seiner eigenen Dateien und deren Zeilen, nichts über Patienten, Bilder oder Ordner. Nichts wird irgendwohin gesendet.</translation>
    </message>
</context>
<context>
    <name>EvaluationDialog</name>
    <message>
        <location filename="../../app/evaluation/dialog.py"/>
        <source>Another window is measuring this evaluation; wait for it.</source>
        <translation>Ein anderes Fenster misst diese Auswertung gerade; warten Sie darauf.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/dialog.py"/>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/dialog.py"/>
        <source>Cancelled before the first image was done.</source>
        <translation>Abgebrochen, bevor das erste Bild fertig war.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/dialog.py"/>
        <source>Cancelled; Resume goes on with the images that are not done yet.</source>
        <translation>Abgebrochen; „Fortsetzen“ macht mit den Bildern weiter, die noch fehlen.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/dialog.py"/>
        <source>Choose what to measure, then press Evaluate.</source>
        <translation>Wählen Sie, was gemessen wird, und drücken Sie dann „Auswerten“.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/dialog.py"/>
        <source>Evaluate</source>
        <translation>Auswerten</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/dialog.py"/>
        <source>Evaluating</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/dialog.py"/>
        <source>Press Evaluate, or choose an earlier run above.</source>
        <translation>Drücken Sie „Auswerten“ oder wählen Sie oben einen früheren Lauf.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/dialog.py"/>
        <source>Reading the results…</source>
        <translation>Ergebnisse werden gelesen…</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/dialog.py"/>
        <source>Results appear here when all images are measured.</source>
        <translation>Hier erscheinen die Ergebnisse, sobald alle Bilder gemessen sind.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/dialog.py"/>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/dialog.py"/>
        <source>Save report…</source>
        <translation>Bericht speichern…</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/dialog.py"/>
        <source>The evaluation has ended: {0}</source>
        <translation>Die Auswertung ist beendet: {0}</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/dialog.py"/>
        <source>The evaluation is done; Ctrl+Shift+E shows it.</source>
        <translation>Die Auswertung ist fertig; Strg+Umschalt+E zeigt sie.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/dialog.py"/>
        <source>The marks have changed since this run.</source>
        <translation>Die Markierungen haben sich seit diesem Lauf geändert.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/dialog.py"/>
        <source>This evaluation was stopped before its end; resume it.</source>
        <translation>Diese Auswertung wurde vor ihrem Ende angehalten; setzen Sie sie fort.</translation>
    </message>
</context>
<context>
    <name>ExchangeCommands</name>
    <message>
        <location filename="../../app/commands/exchange.py"/>
        <source>The study is open in another window; import there, or close it first.</source>
        <translation>Die Studie ist in einem anderen Fenster geöffnet; importieren Sie dort, oder schließen Sie es zuerst.</translation>
    </message>
    <message>
        <location filename="../../app/commands/exchange.py"/>
        <source>There is nothing of yours to export yet.</source>
        <translation>Von Ihnen gibt es noch nichts zu exportieren.</translation>
    </message>
</context>
<context>
    <name>ExchangeDialog</name>
    <message>
        <location filename="../../app/exchange/base.py"/>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <location filename="../../app/exchange/base.py"/>
        <source>What went wrong</source>
        <translation>Was schiefging</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <location filename="../../app/exchange/export_dialog.py"/>
        <source>&amp;Browse…</source>
        <translation>&amp;Durchsuchen…</translation>
    </message>
    <message>
        <location filename="../../app/exchange/export_dialog.py"/>
        <source>&amp;Export</source>
        <translation>&amp;Exportieren</translation>
    </message>
    <message>
        <location filename="../../app/exchange/export_dialog.py"/>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <location filename="../../app/exchange/export_dialog.py"/>
        <source>&amp;Keep the patient&apos;s identity in the files</source>
        <translation>&amp;Identität der Patienten in den Dateien behalten</translation>
    </message>
    <message>
        <location filename="../../app/exchange/export_dialog.py"/>
        <source>&amp;Marks of</source>
        <translation>&amp;Markierungen von</translation>
    </message>
    <message>
        <location filename="../../app/exchange/export_dialog.py"/>
        <source>&amp;Replace</source>
        <translation>E&amp;rsetzen</translation>
    </message>
    <message>
        <location filename="../../app/exchange/export_dialog.py"/>
        <source>All readers</source>
        <translation>Alle Befunder</translation>
    </message>
    <message>
        <location filename="../../app/exchange/export_dialog.py"/>
        <source>Export annotations</source>
        <translation>Annotationen exportieren</translation>
    </message>
    <message>
        <location filename="../../app/exchange/export_dialog.py"/>
        <source>Export report</source>
        <translation>Exportbericht</translation>
    </message>
    <message>
        <location filename="../../app/exchange/export_dialog.py"/>
        <source>Files of this export are in the folder already.</source>
        <translation>Dateien dieses Exports liegen schon im Ordner.</translation>
    </message>
    <message>
        <location filename="../../app/exchange/export_dialog.py"/>
        <source>Fo&amp;lder</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <location filename="../../app/exchange/export_dialog.py"/>
        <source>Folder to write into</source>
        <translation>Ordner, in den geschrieben wird</translation>
    </message>
    <message>
        <location filename="../../app/exchange/export_dialog.py"/>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <location filename="../../app/exchange/export_dialog.py"/>
        <source>Names, numbers and dates of the patients go into the files: keep them safe.</source>
        <translation>Namen, Nummern und Daten der Patienten kommen in die Dateien: Bewahren Sie sie sicher auf.</translation>
    </message>
    <message>
        <location filename="../../app/exchange/export_dialog.py"/>
        <source>No patient&apos;s name, number or date goes into the files.</source>
        <translation>Kein Name, keine Nummer und kein Datum eines Patienten kommt in die Dateien.</translation>
    </message>
    <message>
        <location filename="../../app/exchange/export_dialog.py"/>
        <source>Replace them? Other files in the folder stay as they are.</source>
        <translation>Ersetzen? Andere Dateien im Ordner bleiben, wie sie sind.</translation>
    </message>
    <message>
        <location filename="../../app/exchange/export_dialog.py"/>
        <source>The export was cancelled; nothing was written.</source>
        <translation>Der Export wurde abgebrochen; nichts wurde geschrieben.</translation>
    </message>
    <message>
        <location filename="../../app/exchange/export_dialog.py"/>
        <source>The protocol hides other readers&apos; marks from you until your reads are locked.</source>
        <translation>Das Protokoll verbirgt die Markierungen anderer Befunder, bis Ihre Befundungen abgeschlossen sind.</translation>
    </message>
    <message>
        <location filename="../../app/exchange/export_dialog.py"/>
        <source>Whose marks</source>
        <translation>Wessen Markierungen</translation>
    </message>
</context>
<context>
    <name>Fields</name>
    <message>
        <location filename="../../app/controller/fields.py"/>
        <source>It cannot be told which part of the image a cell of {0} sees.</source>
        <translation>Es lässt sich nicht sagen, welchen Teil des Bildes eine Zelle von {0} sieht.</translation>
    </message>
</context>
<context>
    <name>FigureDialog</name>
    <message>
        <location filename="../../app/output/figure_dialog.py"/>
        <source>Caption for the figure</source>
        <translation>Bildunterschrift der Abbildung</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_dialog.py"/>
        <source>Computing the maps…</source>
        <translation>Karten werden berechnet…</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_dialog.py"/>
        <source>Cop&amp;y caption</source>
        <translation>Bildunterschrift &amp;kopieren</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_dialog.py"/>
        <source>Drawing the figure…</source>
        <translation>Die Abbildung wird gezeichnet…</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_dialog.py"/>
        <source>Drawing…</source>
        <translation>Wird gezeichnet…</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_dialog.py"/>
        <source>Export figure</source>
        <translation>Abbildung exportieren</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_dialog.py"/>
        <source>PDF document (*.pdf)</source>
        <translation>PDF-Dokument (*.pdf)</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_dialog.py"/>
        <source>PNG picture (*.png)</source>
        <translation>PNG-Bild (*.png)</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_dialog.py"/>
        <source>Preview of the figure</source>
        <translation>Vorschau der Abbildung</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_dialog.py"/>
        <source>SVG drawing (*.svg)</source>
        <translation>SVG-Zeichnung (*.svg)</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_dialog.py"/>
        <source>Save the figure</source>
        <translation>Abbildung speichern</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_dialog.py"/>
        <source>The caption appears here with the figure.</source>
        <translation>Hier erscheint mit der Abbildung die Bildunterschrift.</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_dialog.py"/>
        <source>The figure appears here.</source>
        <translation>Hier erscheint die Abbildung.</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_dialog.py"/>
        <source>The figure was cancelled; nothing was written.</source>
        <translation>Die Abbildung wurde abgebrochen; nichts wurde geschrieben.</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_dialog.py"/>
        <source>The view is turned on screen: the figure has all of the image.</source>
        <translation>Die Ansicht ist auf dem Bildschirm gedreht: Die Abbildung hat das ganze Bild.</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_dialog.py"/>
        <source>Write the ca&amp;ption beside the figure</source>
        <translation>&amp;Bildunterschrift neben die Abbildung schreiben</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_dialog.py"/>
        <source>{0} slow maps are not computed yet; saving computes them.</source>
        <translation>{0} langsame Karten sind noch nicht berechnet; das Speichern berechnet sie.</translation>
    </message>
</context>
<context>
    <name>FigureForm</name>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>&amp;Appearance</source>
        <translation>&amp;Aussehen</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>&amp;Cases</source>
        <translation>&amp;Fälle</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>&amp;Contents</source>
        <translation>&amp;Inhalt</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>&amp;Layout</source>
        <translation>An&amp;ordnung</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>&amp;Models</source>
        <translation>&amp;Modelle</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>As on screen</source>
        <translation>Wie am Bildschirm</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>Cases in the worklist ({0})</source>
        <translation>Fälle in der Fallliste ({0})</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>Class whose maps are shown</source>
        <translation>Klasse, deren Karten gezeigt werden</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>Classes: a column per class</source>
        <translation>Klassen: eine Spalte je Klasse</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>Flagged cases ({0})</source>
        <translation>Gekennzeichnete Fälle ({0})</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>Layout</source>
        <translation>Aufbau</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>Localization: a row per architecture</source>
        <translation>Lokalisation: eine Zeile je Architektur</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>Maps &amp;of</source>
        <translation>&amp;Karten von</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>Marks over every map; activation precision (AP) and sensitivity (AS) in its corners (as in Figure 4 of the SoftCAM paper).</source>
        <translation>Markierungen über jeder Karte; Aktivierungspräzision (AP) und -sensitivität (AS) in ihren Ecken (wie in Abbildung 4 des SoftCAM-Papers).</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>Me&amp;thods</source>
        <translation>Me&amp;thoden</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>Methods to show</source>
        <translation>Zu zeigende Methoden</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>Methods: a row per case</source>
        <translation>Methoden: eine Zeile je Fall</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>Models to show</source>
        <translation>Zu zeigende Modelle</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>Numbers or names of cases</source>
        <translation>Nummern oder Namen von Fällen</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>Numbers or names, e.g. 1, 4-6</source>
        <translation>Nummern oder Namen, z. B. 1, 4-6</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>Numbers or names…</source>
        <translation>Nummern oder Namen…</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>The case in view</source>
        <translation>Der gezeigte Fall</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>The evidence for each class, sparse and dense, then post-hoc (as in Figure 15 of the SoftCAM paper).</source>
        <translation>Die Evidenz jeder Klasse, sparse und dense, dann post-hoc (wie in Abbildung 15 des SoftCAM-Papers).</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>The image with the marks, then each method beside the evidence (as in Figure 2 of the SoftCAM paper).</source>
        <translation>Das Bild mit den Markierungen, dann jede Methode neben der Evidenz (wie in Abbildung 2 des SoftCAM-Papers).</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>The panes of the window, with its settings of the overlay.</source>
        <translation>Die Bildfelder des Fensters, mit seinen Einstellungen der Überlagerung.</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>What the figure shows, and how it looks</source>
        <translation>Was die Abbildung zeigt und wie sie aussieht</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>Which cases</source>
        <translation>Welche Fälle</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>the class in view</source>
        <translation>die gezeigte Klasse</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>the labelled class</source>
        <translation>die gelabelte Klasse</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>the predicted class</source>
        <translation>die vorhergesagte Klasse</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_form.py"/>
        <source>{0} (slow)</source>
        <translation>{0} (langsam)</translation>
    </message>
</context>
<context>
    <name>FigureLook</name>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source> mm</source>
        <translation> mm</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>&amp;Bars of colours with limits and units</source>
        <translation>Far&amp;bbalken mit Grenzen und Einheiten</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>&amp;Drawn as</source>
        <translation>&amp;Gezeichnet als</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>&amp;Opacity</source>
        <translation>&amp;Deckkraft</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>&amp;Smooth between the model&apos;s cells</source>
        <translation>Zwischen den Modellzellen &amp;glätten</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>&amp;White on black</source>
        <translation>&amp;Weiß auf Schwarz</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>&amp;Width</source>
        <translation>&amp;Breite</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>Another width</source>
        <translation>Andere Breite</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>Cases are called a, b, c; no name or date goes into the file, but text that is burned into an image stays.</source>
        <translation>Fälle heißen a, b, c; weder Name noch Datum gelangt in die Datei, doch im Bild eingebrannter Text bleibt.</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>File &amp;names in place of letters</source>
        <translation>Datei&amp;namen statt Buchstaben</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>File names may tell who the patient is: look before you pass the figure on.</source>
        <translation>Dateinamen können verraten, wer der Patient ist: Prüfen Sie die Abbildung, bevor Sie sie weitergeben.</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>How maps are drawn</source>
        <translation>Wie Karten gezeichnet werden</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>Kind of file</source>
        <translation>Art der Datei</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>Marks over &amp;maps too</source>
        <translation>&amp;Markierungen auch über Karten</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>Models and methods in small &amp;print</source>
        <translation>Modelle und Methoden &amp;klein gedruckt</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>One column (85 mm)</source>
        <translation>Eine Spalte (85 mm)</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>Opacity of maps</source>
        <translation>Deckkraft der Karten</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>PDF, fonts embedded</source>
        <translation>PDF, Schriften eingebettet</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>PNG, 300 dots per inch</source>
        <translation>PNG, 300 Punkte je Zoll</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>PNG, 600 dots per inch</source>
        <translation>PNG, 600 Punkte je Zoll</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>SVG, text and lines to edit</source>
        <translation>SVG, Text und Linien bearbeitbar</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>Scale bar in &amp;mm, where it is known</source>
        <translation>Maßstab in &amp;mm, wo bekannt</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>Title of the figure</source>
        <translation>Titel der Abbildung</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>Two columns (175 mm)</source>
        <translation>Zwei Spalten (175 mm)</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>Width in mm</source>
        <translation>Breite in mm</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>Width of the figure</source>
        <translation>Breite der Abbildung</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>a veil</source>
        <translation>Schleier</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>contours</source>
        <translation>Konturen</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>the highest patches</source>
        <translation>die höchsten Felder</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_look.py"/>
        <source>what exceeds the threshold</source>
        <translation>was die Schwelle übersteigt</translation>
    </message>
</context>
<context>
    <name>FileCommands</name>
    <message>
        <location filename="../../app/commands/file.py"/>
        <source>Images (*.png *.jpg *.jpeg *.tif *.tiff *.bmp *.dcm *.dicom);;All files (*)</source>
        <translation>Bilder (*.png *.jpg *.jpeg *.tif *.tiff *.bmp *.dcm *.dicom);;Alle Dateien (*)</translation>
    </message>
    <message>
        <location filename="../../app/commands/file.py"/>
        <source>No study is open; open a folder first.</source>
        <translation>Keine Studie ist geöffnet; öffnen Sie zuerst einen Ordner.</translation>
    </message>
    <message>
        <location filename="../../app/commands/file.py"/>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <location filename="../../app/commands/file.py"/>
        <source>Open images</source>
        <translation>Bilder öffnen</translation>
    </message>
    <message>
        <location filename="../../app/commands/file.py"/>
        <source>Open study</source>
        <translation>Studie öffnen</translation>
    </message>
    <message>
        <location filename="../../app/commands/file.py"/>
        <source>Save picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <location filename="../../app/commands/file.py"/>
        <source>Save study as</source>
        <translation>Studie speichern unter</translation>
    </message>
    <message>
        <location filename="../../app/commands/file.py"/>
        <source>SoftCAM study (*.softcam)</source>
        <translation>SoftCAM-Studie (*.softcam)</translation>
    </message>
    <message>
        <location filename="../../app/commands/file.py"/>
        <source>{0} cannot be written; choose another folder.</source>
        <translation>{0} kann nicht geschrieben werden; wählen Sie einen anderen Ordner.</translation>
    </message>
</context>
<context>
    <name>Follow</name>
    <message>
        <location filename="../../app/safety/follow.py"/>
        <source>The other window has closed the study; now it can be changed here.</source>
        <translation>Das andere Fenster hat die Studie geschlossen; jetzt lässt sie sich hier ändern.</translation>
    </message>
</context>
<context>
    <name>FoundTabs</name>
    <message>
        <location filename="../../app/evaluation/found.py"/>
        <source>Cases</source>
        <translation>Fälle</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/found.py"/>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/found.py"/>
        <source>Plots</source>
        <translation>Diagramme</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/found.py"/>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/found.py"/>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/found.py"/>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
</context>
<context>
    <name>Freshness</name>
    <message>
        <location filename="../../app/controller/freshness.py"/>
        <source>The image file {0} has changed; what is shown is of its old content.</source>
        <translation>Die Bilddatei {0} hat sich geändert; gezeigt wird, was zu ihrem alten Inhalt gehört.</translation>
    </message>
    <message>
        <location filename="../../app/controller/freshness.py"/>
        <source>The image file {0} is gone; what is shown was read from it before.</source>
        <translation>Die Bilddatei {0} ist nicht mehr da; gezeigt wird, was vorher aus ihr gelesen wurde.</translation>
    </message>
</context>
<context>
    <name>GradeBar</name>
    <message>
        <location filename="../../app/annotate/panels/grades.py"/>
        <source>&amp;Grade</source>
        <translation>&amp;Grad</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/grades.py"/>
        <source>Change the list of grades</source>
        <translation>Liste der Grade ändern</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/grades.py"/>
        <source>Grade of the case</source>
        <translation>Grad des Falls</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/grades.py"/>
        <source>Grades of “{0}”</source>
        <translation>Grade von „{0}“</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/grades.py"/>
        <source>Grades…</source>
        <translation>Grade…</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/grades.py"/>
        <source>List of grades</source>
        <translation>Liste der Grade</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/grades.py"/>
        <source>One grade per line, the lowest first:</source>
        <translation>Ein Grad je Zeile, der niedrigste zuerst:</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/grades.py"/>
        <source>Own list…</source>
        <translation>Eigene Liste…</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/grades.py"/>
        <source>What you say of the whole image; Alt+1 … Alt+9 choose, Alt+0 takes it back</source>
        <translation>Ihr Urteil über das ganze Bild; Alt+1 … Alt+9 wählen, Alt+0 nimmt es zurück</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/grades.py"/>
        <source>not graded</source>
        <translation>nicht gradiert</translation>
    </message>
</context>
<context>
    <name>GradeMeaning</name>
    <message>
        <location filename="../../app/training/meaning.py"/>
        <source>As the recipe has it; a choice here goes before that.</source>
        <translation>Wie im Rezept; eine Wahl hier geht vor.</translation>
    </message>
    <message>
        <location filename="../../app/training/meaning.py"/>
        <source>Each its own</source>
        <translation>Jeder für sich</translation>
    </message>
    <message>
        <location filename="../../app/training/meaning.py"/>
        <source>Every grade is a class of its own</source>
        <translation>Jeder Grad ist eine eigene Klasse</translation>
    </message>
    <message>
        <location filename="../../app/training/meaning.py"/>
        <source>Healthy against the rest</source>
        <translation>Gesund gegen den Rest</translation>
    </message>
    <message>
        <location filename="../../app/training/meaning.py"/>
        <source>Two classes: the healthy grade, and all others together</source>
        <translation>Zwei Klassen: der gesunde Grad und alle anderen zusammen</translation>
    </message>
    <message>
        <location filename="../../app/training/meaning.py"/>
        <source>What grades mean</source>
        <translation>Was Grade bedeuten</translation>
    </message>
</context>
<context>
    <name>HelpBrowser</name>
    <message>
        <location filename="../../app/help/window.py"/>
        <source>Page of the help</source>
        <translation>Seite der Hilfe</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <location filename="../../app/help/window.py"/>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <location filename="../../app/help/window.py"/>
        <source>&amp;Forward</source>
        <translation>&amp;Vor</translation>
    </message>
    <message>
        <location filename="../../app/help/window.py"/>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <location filename="../../app/help/window.py"/>
        <source>No page has these words.</source>
        <translation>Keine Seite enthält diese Wörter.</translation>
    </message>
    <message>
        <location filename="../../app/help/window.py"/>
        <source>Pages of the help</source>
        <translation>Seiten der Hilfe</translation>
    </message>
    <message>
        <location filename="../../app/help/window.py"/>
        <source>Search the help</source>
        <translation>Hilfe durchsuchen</translation>
    </message>
    <message>
        <location filename="../../app/help/window.py"/>
        <source>Search the help (Ctrl+F)</source>
        <translation>Hilfe durchsuchen (Strg+F)</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <location filename="../../app/annotate/panels/history.py"/>
        <source>Before these steps</source>
        <translation>Vor diesen Schritten</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/history.py"/>
        <source>{0}, undone</source>
        <translation>{0}, rückgängig gemacht</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <location filename="../../app/annotate/panels/history.py"/>
        <source>Click a step to go back to it, or forward</source>
        <translation>Klicken Sie auf einen Schritt, um dorthin zurück- oder vorzugehen</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/history.py"/>
        <source>History of your edits</source>
        <translation>Verlauf Ihrer Änderungen</translation>
    </message>
</context>
<context>
    <name>ImageInfo</name>
    <message>
        <location filename="../../app/image_info.py"/>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <location filename="../../app/image_info.py"/>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <location filename="../../app/image_info.py"/>
        <source>No image is open.</source>
        <translation>Kein Bild ist geöffnet.</translation>
    </message>
    <message>
        <location filename="../../app/image_info.py"/>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <location filename="../../app/image_info.py"/>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <location filename="../../app/image_info.py"/>
        <source>Spacing</source>
        <translation>Pixelabstand</translation>
    </message>
    <message>
        <location filename="../../app/image_info.py"/>
        <source>colour</source>
        <translation>farbig</translation>
    </message>
    <message>
        <location filename="../../app/image_info.py"/>
        <source>grey</source>
        <translation>Graustufen</translation>
    </message>
    <message>
        <location filename="../../app/image_info.py"/>
        <source>not known: sizes are in pixels</source>
        <translation>nicht bekannt: Größen in Pixeln</translation>
    </message>
</context>
<context>
    <name>ImagePane</name>
    <message>
        <location filename="../../app/canvas/pane.py"/>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <location filename="../../app/canvas/pane.py"/>
        <source>Image pane</source>
        <translation>Bildfeld</translation>
    </message>
    <message>
        <location filename="../../app/canvas/pane.py"/>
        <source>Image pane: {0}</source>
        <translation>Bildfeld: {0}</translation>
    </message>
</context>
<context>
    <name>Images</name>
    <message>
        <location filename="../../app/controller/images.py"/>
        <source>{0} cannot be read ({1}).</source>
        <translation>{0} ist nicht lesbar ({1}).</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>Image of another size, so nothing is taken</source>
        <translation>Bild anderer Größe, daher wird nichts übernommen</translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>Marks of: {0}.</source>
        <translation>Markierungen von: {0}.</translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>May be several images, so nothing is taken</source>
        <translation>Könnten mehrere Bilder sein, daher wird nichts übernommen</translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>No such image in the study</source>
        <translation>Kein solches Bild in der Studie</translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>Not taken</source>
        <translation>Nicht übernommen</translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>angle</source>
        <translation>Winkel</translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>box</source>
        <translation>Rechteck</translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>ellipse</source>
        <translation>Ellipse</translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>freehand</source>
        <translation>Freihand</translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>point</source>
        <translation>Punkt</translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>polygon</source>
        <translation>Polygon</translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>spline</source>
        <translation>Kurve</translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>{0} are there already</source>
        <translation>{0} sind schon vorhanden</translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>{0} imported into {1}; Edit &gt; Undo takes all of it back.</source>
        <translation>{0} importiert in {1}; Bearbeiten &gt; Rückgängig nimmt alles zurück.</translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>{0} is there already</source>
        <translation>{0} ist schon vorhanden</translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>{0} of {1} images found.</source>
        <translation>{0} von {1} Bildern gefunden.</translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>{0} to add</source>
        <translation>{0} hinzuzufügen</translation>
    </message>
    <message>
        <location filename="../../app/exchange/preview.py"/>
        <source>{0} to set</source>
        <translation>{0} zu setzen</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>&amp;Import</source>
        <translation>&amp;Importieren</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>&amp;Show these marks</source>
        <translation>Diese Markierungen &amp;zeigen</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>&amp;Whose marks are these?</source>
        <translation>&amp;Wessen Markierungen sind das?</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>A file, or a folder of files</source>
        <translation>Eine Datei oder ein Ordner mit Dateien</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>As the files say</source>
        <translation>Wie in den Dateien</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>As the files say, else mine: {0}</source>
        <translation>Wie in den Dateien, sonst meine: {0}</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>As the files say, else {0}</source>
        <translation>Wie in den Dateien, sonst {0}</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>As the files say, else “imported”</source>
        <translation>Wie in den Dateien, sonst „imported“</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>Change to the layer of {0}</source>
        <translation>Zur Ebene von {0} wechseln</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>F&amp;ile…</source>
        <translation>&amp;Datei…</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>F&amp;rom</source>
        <translation>&amp;Von</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>File or folder to import</source>
        <translation>Datei oder Ordner zum Importieren</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>File to import</source>
        <translation>Datei zum Importieren</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>Fo&amp;lder…</source>
        <translation>&amp;Ordner…</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>Folder to import</source>
        <translation>Ordner zum Importieren</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>Import annotations</source>
        <translation>Annotationen importieren</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>Marks</source>
        <translation>Markierungen</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>Marks by label and kind</source>
        <translation>Markierungen nach Label und Art</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>Read as {0}.</source>
        <translation>Gelesen als {0}.</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>Reading…</source>
        <translation>Wird gelesen…</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>The import was cancelled; nothing was changed.</source>
        <translation>Der Import wurde abgebrochen; nichts wurde geändert.</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>They lie in the layer of “{0}”, which the protocol hides from you now.</source>
        <translation>Sie liegen in der Ebene von „{0}“, die das Protokoll jetzt vor Ihnen verbirgt.</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>They lie in the layer of “{0}”; you see your own, “{1}”.</source>
        <translation>Sie liegen in der Ebene von „{0}“; Sie sehen Ihre eigene, „{1}“.</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>What will not be imported</source>
        <translation>Was nicht importiert wird</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>What would be imported</source>
        <translation>Was importiert würde</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>What {0} holds cannot be told by its files; choose the format.</source>
        <translation>Was {0} enthält, ist an den Dateien nicht zu erkennen; wählen Sie das Format.</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>Whose marks are these?</source>
        <translation>Wessen Markierungen sind das?</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>Whose marks they are where the files name no reader</source>
        <translation>Wessen Markierungen es sind, wo die Dateien keinen Befunder nennen</translation>
    </message>
    <message>
        <location filename="../../app/exchange/import_dialog.py"/>
        <source>You see what files bring before anything is changed.
Nothing that is there is overwritten.</source>
        <translation>Sie sehen, was die Dateien bringen, bevor etwas geändert wird.
Nichts Vorhandenes wird überschrieben.</translation>
    </message>
</context>
<context>
    <name>KeyDialog</name>
    <message>
        <location filename="../../app/dialogs/key_dialog.py"/>
        <source>Already used by “{0}”.</source>
        <translation>Schon verwendet von „{0}“.</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/key_dialog.py"/>
        <source>New keys</source>
        <translation>Neue Tasten</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/key_dialog.py"/>
        <source>Press the new keys; leave empty for none.</source>
        <translation>Drücken Sie die neuen Tasten; leer lassen für keine.</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/key_dialog.py"/>
        <source>Take them from there</source>
        <translation>Dort wegnehmen</translation>
    </message>
</context>
<context>
    <name>LabelDelegate</name>
    <message>
        <location filename="../../app/annotate/panels/list.py"/>
        <source>Label</source>
        <translation>Label</translation>
    </message>
</context>
<context>
    <name>LabelPalette</name>
    <message>
        <location filename="../../app/annotate/panels/labels.py"/>
        <source>, key {0}</source>
        <translation>, Taste {0}</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/labels.py"/>
        <source>Add a label</source>
        <translation>Label hinzufügen</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/labels.py"/>
        <source>Add and change labels</source>
        <translation>Labels hinzufügen und ändern</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/labels.py"/>
        <source>Add label…</source>
        <translation>Label hinzufügen…</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/labels.py"/>
        <source>Colour of {0}</source>
        <translation>Farbe von {0}</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/labels.py"/>
        <source>Colour of {0}…</source>
        <translation>Farbe von {0}…</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/labels.py"/>
        <source>Label of new shapes</source>
        <translation>Label neuer Formen</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/labels.py"/>
        <source>Label {0}</source>
        <translation>Label {0}</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/labels.py"/>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/labels.py"/>
        <source>Labels…</source>
        <translation>Label…</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/labels.py"/>
        <source>Name of the finding:</source>
        <translation>Name des Befunds:</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/labels.py"/>
        <source>No label has the key {0}.</source>
        <translation>Kein Label hat die Taste {0}.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/labels.py"/>
        <source>Remove {0} from the palette</source>
        <translation>{0} aus der Palette entfernen</translation>
    </message>
    <message>
        <location filename="../../app/annotate/panels/labels.py"/>
        <source>Use the set “{0}”</source>
        <translation>Den Satz „{0}“ verwenden</translation>
    </message>
</context>
<context>
    <name>LanguageCommands</name>
    <message>
        <location filename="../../app/commands/language.py"/>
        <source>The language changes at the next start.</source>
        <translation>Die Sprache wechselt beim nächsten Start.</translation>
    </message>
</context>
<context>
    <name>Layer</name>
    <message>
        <location filename="../../app/annotate/layer.py"/>
        <source>The study can only be read here: it is open in another window; draw there.</source>
        <translation>Die Studie ist hier nur lesbar: Sie ist in einem anderen Fenster geöffnet; zeichnen Sie dort.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/layer.py"/>
        <source>The study is not open yet; draw again in a moment.</source>
        <translation>Die Studie ist noch nicht geöffnet; zeichnen Sie gleich noch einmal.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/layer.py"/>
        <source>This case is still being read; there is nothing to adjudicate.</source>
        <translation>Dieser Fall wird noch befundet; es gibt nichts zu adjudizieren.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/layer.py"/>
        <source>Your read of this case is locked; Readers &gt; Read again begins another.</source>
        <translation>Ihre Befundung dieses Falls ist abgeschlossen; Befunder &gt; Erneut befunden beginnt eine weitere.</translation>
    </message>
</context>
<context>
    <name>LayoutDialog</name>
    <message>
        <location filename="../../app/compare/layout_dialog.py"/>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <location filename="../../app/compare/layout_dialog.py"/>
        <source>Layouts</source>
        <translation>Anordnungen</translation>
    </message>
    <message>
        <location filename="../../app/compare/layout_dialog.py"/>
        <source>Layouts of this study</source>
        <translation>Anordnungen dieser Studie</translation>
    </message>
    <message>
        <location filename="../../app/compare/layout_dialog.py"/>
        <source>None yet. Arrange the panes, then choose Compare &gt; Layouts &gt; Save layout as.</source>
        <translation>Noch keine. Ordnen Sie die Bildfelder an und wählen Sie dann Vergleichen &gt; Anordnungen &gt; Anordnung speichern unter.</translation>
    </message>
    <message>
        <location filename="../../app/compare/layout_dialog.py"/>
        <source>Rename layout</source>
        <translation>Anordnung umbenennen</translation>
    </message>
    <message>
        <location filename="../../app/compare/layout_dialog.py"/>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <location filename="../../app/compare/layout_dialog.py"/>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>LayoutKeeper</name>
    <message>
        <location filename="../../app/compare/layout_keeper.py"/>
        <source>Open a study first: layouts are kept in it.</source>
        <translation>Öffnen Sie zuerst eine Studie: Anordnungen werden in ihr aufbewahrt.</translation>
    </message>
    <message>
        <location filename="../../app/compare/layout_keeper.py"/>
        <source>The layout of the panes in this study cannot be read; it is ignored.</source>
        <translation>Die Anordnung der Bildfelder in dieser Studie ist nicht lesbar; sie wird übergangen.</translation>
    </message>
    <message>
        <location filename="../../app/compare/layout_keeper.py"/>
        <source>The layout “{0}” cannot be read.</source>
        <translation>Die Anordnung „{0}“ ist nicht lesbar.</translation>
    </message>
</context>
<context>
    <name>LedgerPanel</name>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>Ask about the region that you lassoed before</source>
        <translation>Nach der Region fragen, die Sie vorher umrandet haben</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>Back to my lasso</source>
        <translation>Zurück zu meinem Lasso</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>Black pixels.</source>
        <translation>Schwarze Pixel.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>Compute</source>
        <translation>Berechnen</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>Copy as text</source>
        <translation>Als Text kopieren</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>Cover with</source>
        <translation>Füllung</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>Draw or select a region first, or lasso one (Q).</source>
        <translation>Zeichnen oder wählen Sie zuerst eine Region, oder umranden Sie eine mit dem Lasso (Q).</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>Every class, in logit units</source>
        <translation>Jede Klasse, in Logit-Einheiten</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>Forget the region</source>
        <translation>Region vergessen</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>Forget the region (Esc)</source>
        <translation>Region vergessen (Esc)</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>Of {0}: the predicting model is a black box.</source>
        <translation>Von {0}: Das vorhersagende Modell ist eine Blackbox.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>Predict without the region&apos;s pixels</source>
        <translation>Ohne die Pixel der Region vorhersagen</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>Predict without the region&apos;s pixels (Shift+X)</source>
        <translation>Ohne die Pixel der Region vorhersagen (Umschalt+X)</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>The image file has changed since this was computed (F5 reads it).</source>
        <translation>Die Bilddatei hat sich seit der Berechnung geändert (F5 liest sie neu).</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>The image under a Gaussian of {0} pixels of the model&apos;s input.</source>
        <translation>Das Bild unter einem Gauß-Filter von {0} Pixeln des Modelleingangs.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>The mean colour of the training images: 0 in the model&apos;s input.</source>
        <translation>Die mittlere Farbe der Trainingsbilder: 0 im Modelleingang.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>What covers the pixels</source>
        <translation>Was die Pixel verdeckt</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>What the logit of {0} is made of</source>
        <translation>Woraus der Logit von {0} besteht</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>black</source>
        <translation>Schwarz</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>blur</source>
        <translation>Unschärfe</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/panel.py"/>
        <source>mean colour</source>
        <translation>Mittelwert</translation>
    </message>
</context>
<context>
    <name>LedgerTable</name>
    <message>
        <location filename="../../app/evidence/ledger/table.py"/>
        <source>Inside the region: the part of the positive evidence for the class. It may be positive where the region as a whole speaks against the class.</source>
        <translation>Innerhalb der Region: der Anteil an der positiven Evidenz für die Klasse. Er kann auch dann über null liegen, wenn die Region als Ganzes gegen die Klasse spricht.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/table.py"/>
        <source>Probability.</source>
        <translation>Wahrscheinlichkeit.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/table.py"/>
        <source>The class&apos;s score, of which the probabilities are made: the mean of its evidence, for and against.</source>
        <translation>Der Wert der Klasse, aus dem die Wahrscheinlichkeiten entstehen: der Mittelwert ihrer Evidenz, für und gegen.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/table.py"/>
        <source>What all negative cells take from the logit.</source>
        <translation>Was alle negativen Zellen vom Logit abziehen.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/table.py"/>
        <source>What all positive cells add to the logit.</source>
        <translation>Was alle positiven Zellen zum Logit beitragen.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/table.py"/>
        <source>What the cell under the cursor adds to the logit, in logit units.</source>
        <translation>Was die Zelle unter dem Mauszeiger zum Logit beiträgt, in Logit-Einheiten.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/table.py"/>
        <source>What the region adds to the logit.</source>
        <translation>Was die Region zum Logit beiträgt.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/table.py"/>
        <source>against</source>
        <translation>gegen</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/table.py"/>
        <source>cursor</source>
        <translation>Zeiger</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/table.py"/>
        <source>for</source>
        <translation>für</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/table.py"/>
        <source>inside</source>
        <translation>darin</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/table.py"/>
        <source>logit</source>
        <translation>Logit</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/table.py"/>
        <source>p</source>
        <translation>p</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/table.py"/>
        <source>region</source>
        <translation>Region</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/table.py"/>
        <source>{0} % of the logit</source>
        <translation>{0} % des Logits</translation>
    </message>
</context>
<context>
    <name>LedgerView</name>
    <message>
        <location filename="../../app/evidence/ledger/table.py"/>
        <source>Evidence of every class</source>
        <translation>Evidenz jeder Klasse</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <location filename="../../app/canvas/legend.py"/>
        <source>A hue for each class: {0}</source>
        <translation>Ein Farbton je Klasse: {0}</translation>
    </message>
    <message>
        <location filename="../../app/canvas/legend.py"/>
        <source>Colours between fixed limits: {0}</source>
        <translation>Farben zwischen festen Grenzen: {0}</translation>
    </message>
    <message>
        <location filename="../../app/canvas/legend.py"/>
        <source>Colours between limits of your own: {0}
Other cases of this study are drawn between the same; Shift+W returns to the study&apos;s.</source>
        <translation>Farben zwischen eigenen Grenzen: {0}
Andere Fälle dieser Studie werden zwischen denselben gezeichnet; Umschalt+W kehrt zu denen der Studie zurück.</translation>
    </message>
    <message>
        <location filename="../../app/canvas/legend.py"/>
        <source>Colours between provisional limits: {0}
They are measured on several cases of this study, and fixed when those are known.</source>
        <translation>Farben zwischen vorläufigen Grenzen: {0}
Sie werden an mehreren Fällen dieser Studie gemessen und stehen fest, sobald diese bekannt sind.</translation>
    </message>
    <message>
        <location filename="../../app/canvas/legend.py"/>
        <source>Double-click to choose another limit.</source>
        <translation>Doppelklick wählt eine andere Grenze.</translation>
    </message>
    <message>
        <location filename="../../app/canvas/legend.py"/>
        <source>Legend of the map</source>
        <translation>Legende der Karte</translation>
    </message>
    <message>
        <location filename="../../app/canvas/legend.py"/>
        <source>Values down to {0} are drawn in the first colour.</source>
        <translation>Werte bis hinab zu {0} sind in der ersten Farbe gezeichnet.</translation>
    </message>
    <message>
        <location filename="../../app/canvas/legend.py"/>
        <source>Values up to {0} are drawn in the last colour.</source>
        <translation>Werte bis hinauf zu {0} sind in der letzten Farbe gezeichnet.</translation>
    </message>
    <message>
        <location filename="../../app/canvas/legend.py"/>
        <source>{0} · own limit</source>
        <translation>{0} · eigene Grenze</translation>
    </message>
    <message>
        <location filename="../../app/canvas/legend.py"/>
        <source>{0}; exceeded</source>
        <translation>{0}; überschritten</translation>
    </message>
    <message>
        <location filename="../../app/canvas/legend.py"/>
        <source>{0}; full colour at {1} {2}</source>
        <translation>{0}; volle Farbe bei {1} {2}</translation>
    </message>
    <message>
        <location filename="../../app/canvas/legend.py"/>
        <source>{0}; own limit</source>
        <translation>{0}; eigene Grenze</translation>
    </message>
    <message>
        <location filename="../../app/canvas/legend.py"/>
        <source>{low} to {high} {units}</source>
        <translation>{low} bis {high} {units}</translation>
    </message>
</context>
<context>
    <name>LesionMeaning</name>
    <message>
        <location filename="../../app/training/meaning.py"/>
        <source>Class of a case that was read to its end and in which nothing is drawn.</source>
        <translation>Klasse eines Falls, der zu Ende befundet wurde und in dem nichts gezeichnet ist.</translation>
    </message>
    <message>
        <location filename="../../app/training/meaning.py"/>
        <source>Class of each lesion label</source>
        <translation>Klasse jedes Läsionslabels</translation>
    </message>
    <message>
        <location filename="../../app/training/meaning.py"/>
        <source>Class of read cases without lesions</source>
        <translation>Klasse befundeter Fälle ohne Läsionen</translation>
    </message>
    <message>
        <location filename="../../app/training/meaning.py"/>
        <source>Lesion</source>
        <translation>Läsion</translation>
    </message>
    <message>
        <location filename="../../app/training/meaning.py"/>
        <source>No lesion</source>
        <translation>Keine Läsion</translation>
    </message>
    <message>
        <location filename="../../app/training/meaning.py"/>
        <source>What lesions mean</source>
        <translation>Was Läsionen bedeuten</translation>
    </message>
    <message>
        <location filename="../../app/training/meaning.py"/>
        <source>Write the class that a case with such a lesion has; empty: the lesion&apos;s name.</source>
        <translation>Tragen Sie die Klasse eines Falls mit solch einer Läsion ein; leer: der Name der Läsion.</translation>
    </message>
    <message>
        <location filename="../../app/training/meaning.py"/>
        <source>left out</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <location filename="../../app/training/meaning.py"/>
        <source>means class</source>
        <translation>bedeutet Klasse</translation>
    </message>
</context>
<context>
    <name>LockQuestion</name>
    <message>
        <location filename="../../app/readers/lock_question.py"/>
        <source>&amp;Lock read</source>
        <translation>Befundung a&amp;bschließen</translation>
    </message>
    <message>
        <location filename="../../app/readers/lock_question.py"/>
        <source>Grade: {0}, {1}</source>
        <translation>Grad: {0}, {1}</translation>
    </message>
    <message>
        <location filename="../../app/readers/lock_question.py"/>
        <source>Lock read</source>
        <translation>Befundung abschließen</translation>
    </message>
    <message>
        <location filename="../../app/readers/lock_question.py"/>
        <source>Lock this read? Its marks and grade cannot be changed any more.</source>
        <translation>Diese Befundung abschließen? Markierungen und Grad lassen sich danach nicht mehr ändern.</translation>
    </message>
    <message>
        <location filename="../../app/readers/lock_question.py"/>
        <source>Marks and grade of a locked read cannot be changed any more.</source>
        <translation>Markierungen und Grad einer abgeschlossenen Befundung lassen sich nicht mehr ändern.</translation>
    </message>
    <message>
        <location filename="../../app/readers/lock_question.py"/>
        <source>No grade is given and nothing is marked: lock all the same?</source>
        <translation>Es ist kein Grad vergeben und nichts markiert: trotzdem abschließen?</translation>
    </message>
    <message>
        <location filename="../../app/readers/lock_question.py"/>
        <source>No grade is given: lock all the same?</source>
        <translation>Es ist kein Grad vergeben: trotzdem abschließen?</translation>
    </message>
    <message>
        <location filename="../../app/readers/lock_question.py"/>
        <source>The model and the other readers are shown then.</source>
        <translation>Danach werden das Modell und die anderen Befunder gezeigt.</translation>
    </message>
    <message>
        <location filename="../../app/readers/lock_question.py"/>
        <source>The model is shown then, and a second read begins.</source>
        <translation>Danach wird das Modell gezeigt, und eine Zweitbefundung beginnt.</translation>
    </message>
    <message>
        <location filename="../../app/readers/lock_question.py"/>
        <source>none</source>
        <translation>keiner</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <location filename="../../app/main_window.py"/>
        <source>No model is open; choose Models &gt; Open model.</source>
        <translation>Kein Modell ist geöffnet; wählen Sie Modelle &gt; Modell öffnen.</translation>
    </message>
    <message>
        <location filename="../../app/main_window.py"/>
        <source>Not closed by hand: finished when the program was closed.</source>
        <translation>Nicht von Hand geschlossen: beim Beenden des Programms abgeschlossen.</translation>
    </message>
    <message>
        <location filename="../../app/main_window.py"/>
        <source>Not saved yet</source>
        <translation>Noch nicht gespeichert</translation>
    </message>
    <message>
        <location filename="../../app/main_window.py"/>
        <source>Presenting waits until the adjudication is ended.</source>
        <translation>Die Präsentation wartet, bis die Adjudikation beendet ist.</translation>
    </message>
    <message>
        <location filename="../../app/main_window.py"/>
        <source>{0} edits could not be written to the study. Close and lose them?</source>
        <translation>{0} Änderungen konnten nicht in die Studie geschrieben werden. Schließen und sie verlieren?</translation>
    </message>
    <message>
        <location filename="../../app/main_window.py"/>
        <source>{0} is no longer there.</source>
        <translation>{0} ist nicht mehr vorhanden.</translation>
    </message>
</context>
<context>
    <name>MakingDialog</name>
    <message>
        <location filename="../../app/output/making.py"/>
        <source>&amp;Save…</source>
        <translation>&amp;Speichern…</translation>
    </message>
    <message>
        <location filename="../../app/output/making.py"/>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <location filename="../../app/output/making.py"/>
        <source>What went wrong</source>
        <translation>Was schiefging</translation>
    </message>
</context>
<context>
    <name>ManyClasses</name>
    <message>
        <location filename="../../app/evidence/many_classes.py"/>
        <source>Classes with probability and logit</source>
        <translation>Klassen mit Wahrscheinlichkeit und Logit</translation>
    </message>
    <message>
        <location filename="../../app/evidence/many_classes.py"/>
        <source>Find a class</source>
        <translation>Klasse suchen</translation>
    </message>
    <message>
        <location filename="../../app/evidence/many_classes.py"/>
        <source>Model&apos;s order</source>
        <translation>Reihenfolge des Modells</translation>
    </message>
    <message>
        <location filename="../../app/evidence/many_classes.py"/>
        <source>Most probable</source>
        <translation>Wahrscheinlichste</translation>
    </message>
    <message>
        <location filename="../../app/evidence/many_classes.py"/>
        <source>Order of the classes</source>
        <translation>Reihenfolge der Klassen</translation>
    </message>
</context>
<context>
    <name>MapRow</name>
    <message>
        <location filename="../../app/training/live/map_row.py"/>
        <source>Evidence: {0}</source>
        <translation>Evidenz: {0}</translation>
    </message>
    <message>
        <location filename="../../app/training/live/map_row.py"/>
        <source>Validation {0} of {1}</source>
        <translation>Validierung {0} von {1}</translation>
    </message>
    <message>
        <location filename="../../app/training/live/map_row.py"/>
        <source>Watched image {0}</source>
        <translation>Beobachtetes Bild {0}</translation>
    </message>
    <message>
        <location filename="../../app/training/live/map_row.py"/>
        <source>logit</source>
        <translation>Logit</translation>
    </message>
    <message>
        <location filename="../../app/training/live/map_row.py"/>
        <source>predicted: {0}, {1}</source>
        <translation>vorhergesagt: {0}, {1}</translation>
    </message>
    <message>
        <location filename="../../app/training/live/map_row.py"/>
        <source>probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <location filename="../../app/training/live/map_row.py"/>
        <source>right</source>
        <translation>richtig</translation>
    </message>
    <message>
        <location filename="../../app/training/live/map_row.py"/>
        <source>wrong</source>
        <translation>falsch</translation>
    </message>
    <message>
        <location filename="../../app/training/live/map_row.py"/>
        <source>{0} · label: {1}</source>
        <translation>{0} · Label: {1}</translation>
    </message>
    <message>
        <location filename="../../app/training/live/map_row.py"/>
        <source>{1}: {0}</source>
        <translation>{1}: {0}</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <location filename="../../app/message_bar.py"/>
        <source>Close the message</source>
        <translation>Meldung schließen</translation>
    </message>
</context>
<context>
    <name>MetricsPanel</name>
    <message>
        <location filename="../../app/evidence/metrics_panel.py"/>
        <source>AP</source>
        <translation>AP</translation>
    </message>
    <message>
        <location filename="../../app/evidence/metrics_panel.py"/>
        <source>AP, activation precision: the share of the map&apos;s positive part that lies inside the marks, from 0 to 1. It counts pixels of the smoothed map; the ledger&apos;s share counts the cells themselves, an edge cell by the part of it inside, so the two differ a little.</source>
        <translation>AP, Aktivierungspräzision: der Anteil des positiven Teils der Karte, der in den Markierungen liegt, von 0 bis 1. Sie zählt Pixel der geglätteten Karte; der Anteil im Konto zählt die Zellen selbst, eine Randzelle mit ihrem Teil innerhalb, deshalb weichen beide etwas voneinander ab.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/metrics_panel.py"/>
        <source>AS</source>
        <translation>AS</translation>
    </message>
    <message>
        <location filename="../../app/evidence/metrics_panel.py"/>
        <source>AS, activation sensitivity: how strongly the map covers the marks, from 0 to 1. A map that is bright everywhere scores high, so read it beside precision.</source>
        <translation>AS, Aktivierungssensitivität (activation sensitivity): wie stark die Karte die Markierungen bedeckt, von 0 bis 1. Eine überall helle Karte erreicht hohe Werte; lesen Sie sie daher neben der Präzision.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/metrics_panel.py"/>
        <source>Draw a shape to measure the maps.</source>
        <translation>Zeichnen Sie eine Form, um die Karten zu messen.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/metrics_panel.py"/>
        <source>For {0}, against {1}.</source>
        <translation>Für {0}, gegen {1}.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/metrics_panel.py"/>
        <source>Hit</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <location filename="../../app/evidence/metrics_panel.py"/>
        <source>Hit, the pointing game: whether the highest pixel of the map lies on the marks, or within {0} pixels of the model&apos;s input of them.</source>
        <translation>Treffer, das „Pointing Game“: ob das höchste Pixel der Karte auf den Markierungen liegt oder höchstens {0} Pixel des Modelleingangs davon entfernt.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/metrics_panel.py"/>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <location filename="../../app/evidence/metrics_panel.py"/>
        <source>Nothing of that is on this image; measured is against {0}.</source>
        <translation>Nichts davon ist auf diesem Bild; gemessen wird gegen {0}.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/metrics_panel.py"/>
        <source>Open a model to measure its maps.</source>
        <translation>Öffnen Sie ein Modell, um seine Karten zu messen.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/metrics_panel.py"/>
        <source>Show a map in a pane to measure it.</source>
        <translation>Zeigen Sie in einem Bildfeld eine Karte, um sie zu messen.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/metrics_panel.py"/>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <location filename="../../app/evidence/metrics_panel.py"/>
        <source>Top-k, localization precision: of the {0} patches of {1} pixels of the model&apos;s input that the map ranks highest, the share that holds a mark; patches that are not positive do not count.</source>
        <translation>Top-k, Lokalisationspräzision: der Anteil der {0} von der Karte am höchsten gereihten Felder mit {1} Pixeln des Modelleingangs, der eine Markierung enthält; nicht positive Felder zählen nicht.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/metrics_panel.py"/>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <location filename="../../app/evidence/metrics_panel.py"/>
        <source>yes</source>
        <translation>ja</translation>
    </message>
</context>
<context>
    <name>ModelCardDialog</name>
    <message>
        <location filename="../../app/evidence/model_card.py"/>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <location filename="../../app/evidence/model_card.py"/>
        <source>Model card</source>
        <translation>Modellkarte</translation>
    </message>
    <message>
        <location filename="../../app/evidence/model_card.py"/>
        <source>Model card – {0}</source>
        <translation>Modellkarte – {0}</translation>
    </message>
    <message>
        <location filename="../../app/evidence/model_card.py"/>
        <source>Model whose card is shown</source>
        <translation>Modell, dessen Karte gezeigt wird</translation>
    </message>
    <message>
        <location filename="../../app/evidence/model_card.py"/>
        <source>{0} and {1} more</source>
        <translation>{0} und {1} weitere</translation>
    </message>
</context>
<context>
    <name>ModelCardPanel</name>
    <message>
        <location filename="../../app/evidence/model_card.py"/>
        <source>Beside it: {0}</source>
        <translation>Daneben: {0}</translation>
    </message>
    <message>
        <location filename="../../app/evidence/model_card.py"/>
        <source>Card…</source>
        <translation>Karte…</translation>
    </message>
    <message>
        <location filename="../../app/evidence/model_card.py"/>
        <source>Choose Models &gt; Open model. Everything else works without one.</source>
        <translation>Wählen Sie Modelle &gt; Modell öffnen. Alles andere geht auch ohne.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/model_card.py"/>
        <source>Everything that the model&apos;s file says of itself</source>
        <translation>Alles, was die Datei des Modells über sich sagt</translation>
    </message>
    <message>
        <location filename="../../app/evidence/model_card.py"/>
        <source>No model is open</source>
        <translation>Kein Modell ist geöffnet</translation>
    </message>
    <message>
        <location filename="../../app/evidence/model_card.py"/>
        <source>The model is hidden</source>
        <translation>Das Modell ist verborgen</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <location filename="../../app/controller/models.py"/>
        <source>The background process ended twice while it loaded {0}; choose another model, or close other programs.</source>
        <translation>Der Hintergrundprozess endete zweimal beim Laden von {0}; wählen Sie ein anderes Modell, oder schließen Sie andere Programme.</translation>
    </message>
    <message>
        <location filename="../../app/controller/models.py"/>
        <source>The model file {0} has changed; close all models and open it again.</source>
        <translation>Die Modelldatei {0} hat sich geändert; schließen Sie alle Modelle und öffnen Sie sie noch einmal.</translation>
    </message>
    <message>
        <location filename="../../app/controller/models.py"/>
        <source>The model {0} is already open as {1}.</source>
        <translation>Das Modell {0} ist schon geöffnet, als {1}.</translation>
    </message>
    <message>
        <location filename="../../app/controller/models.py"/>
        <source>The model {0} is already open.</source>
        <translation>Das Modell {0} ist schon geöffnet.</translation>
    </message>
</context>
<context>
    <name>ModelsCommands</name>
    <message>
        <location filename="../../app/commands/models.py"/>
        <source>Models (*.safetensors);;All files (*)</source>
        <translation>Modelle (*.safetensors);;Alle Dateien (*)</translation>
    </message>
    <message>
        <location filename="../../app/commands/models.py"/>
        <source>Open model</source>
        <translation>Modell öffnen</translation>
    </message>
</context>
<context>
    <name>ModelsMenu</name>
    <message>
        <location filename="../../app/models_menu.py"/>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <location filename="../../app/models_menu.py"/>
        <source>&amp;Predict with this model</source>
        <translation>Mit diesem Modell &amp;vorhersagen</translation>
    </message>
    <message>
        <location filename="../../app/models_menu.py"/>
        <source>Model &amp;card…</source>
        <translation>Modell&amp;karte…</translation>
    </message>
    <message>
        <location filename="../../app/models_menu.py"/>
        <source>{0} (predicts)</source>
        <translation>{0} (sagt vorher)</translation>
    </message>
</context>
<context>
    <name>MoreForm</name>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>As often as others</source>
        <translation>So oft wie andere</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Augment</source>
        <translation>Variation</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Cases in which this model disagrees with the labels are shown more often</source>
        <translation>Fälle, in denen dieses Modell den Labels widerspricht, werden öfter gezeigt</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Drawn</source>
        <translation>Gezogen</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Drawn so often</source>
        <translation>So oft gezogen</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Epochs without a better validation accuracy after which the run ends</source>
        <translation>Epochen ohne bessere Validierungsgenauigkeit, nach denen der Lauf endet</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Epochs without gain before it ends</source>
        <translation>Epochen ohne Gewinn bis zum Ende</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Give the rate a number above 0, such as 0.001.</source>
        <translation>Geben Sie als Rate eine Zahl über 0 an, etwa 0.001.</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Give the weight of the lesions a number above 0, such as 0.001.</source>
        <translation>Geben Sie als Gewicht der Läsionen eine Zahl über 0 an, etwa 0.001.</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Hard cases</source>
        <translation>Schwere Fälle</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>How images are varied</source>
        <translation>Wie Bilder variiert werden</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Keep evidence inside drawn lesions</source>
        <translation>Evidenz in gezeichneten Läsionen halten</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Model whose disagreement counts</source>
        <translation>Modell, dessen Widerspruch zählt</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>More settings</source>
        <translation>Weitere Einstellungen</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>No lesions are drawn in these images.</source>
        <translation>In diesen Bildern sind keine Läsionen gezeichnet.</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Only SoftCAM models have evidence that could be kept there.</source>
        <translation>Nur SoftCAM-Modelle haben Evidenz, die sich dort halten ließe.</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Positive evidence outside drawn lesions is penalised</source>
        <translation>Positive Evidenz außerhalb gezeichneter Läsionen wird bestraft</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Repeat to the bit (slower)</source>
        <translation>Bitgenau wiederholbar (langsamer)</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Stop early</source>
        <translation>Früh enden</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Train all epochs</source>
        <translation>Alle Epochen trainieren</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <location filename="../../app/training/more_form.py"/>
        <source>Weight of the lesions</source>
        <translation>Gewicht der Läsionen</translation>
    </message>
</context>
<context>
    <name>NewReaderDialog</name>
    <message>
        <location filename="../../app/readers/picker.py"/>
        <source>&amp;Name of the reader:</source>
        <translation>&amp;Name des Befunders:</translation>
    </message>
    <message>
        <location filename="../../app/readers/picker.py"/>
        <source>Name of the reader</source>
        <translation>Name des Befunders</translation>
    </message>
    <message>
        <location filename="../../app/readers/picker.py"/>
        <source>New reader</source>
        <translation>Neuer Befunder</translation>
    </message>
    <message>
        <location filename="../../app/readers/picker.py"/>
        <source>Read</source>
        <translation>Befunden</translation>
    </message>
    <message>
        <location filename="../../app/readers/picker.py"/>
        <source>The name is stored with every mark; a code serves as well.</source>
        <translation>Der Name wird mit jeder Markierung gespeichert; ein Kürzel genügt auch.</translation>
    </message>
    <message>
        <location filename="../../app/readers/picker.py"/>
        <source>{0} reads here already and goes on.</source>
        <translation>{0} befundet hier schon und macht weiter.</translation>
    </message>
</context>
<context>
    <name>Nudge</name>
    <message>
        <location filename="../../app/annotate/tools/nudge.py"/>
        <source>Move {0} shapes</source>
        <translation>{0} Formen verschieben</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <location filename="../../app/controller/opening.py"/>
        <source>The study {0} is open in another window; here it can be read, but not changed, and follows what is drawn there.</source>
        <translation>Die Studie {0} ist in einem anderen Fenster geöffnet; hier lässt sie sich lesen, aber nicht ändern, und folgt dem, was dort gezeichnet wird.</translation>
    </message>
    <message>
        <location filename="../../app/controller/opening.py"/>
        <source>This cannot be opened ({0}); try another folder.</source>
        <translation>Das lässt sich nicht öffnen ({0}); versuchen Sie einen anderen Ordner.</translation>
    </message>
</context>
<context>
    <name>OutputCommands</name>
    <message>
        <location filename="../../app/commands/output.py"/>
        <source>Copied the pane.</source>
        <translation>Bildfeld kopiert.</translation>
    </message>
    <message>
        <location filename="../../app/commands/output.py"/>
        <source>Copied the view.</source>
        <translation>Ansicht kopiert.</translation>
    </message>
    <message>
        <location filename="../../app/commands/output.py"/>
        <source>No case is in view; choose one first.</source>
        <translation>Kein Fall ist gezeigt; wählen Sie zuerst einen.</translation>
    </message>
    <message>
        <location filename="../../app/commands/output.py"/>
        <source>The figure is in {0}.</source>
        <translation>Die Abbildung liegt in {0}.</translation>
    </message>
    <message>
        <location filename="../../app/commands/output.py"/>
        <source>There is nothing to copy; open a folder first.</source>
        <translation>Es gibt nichts zu kopieren; öffnen Sie zuerst einen Ordner.</translation>
    </message>
</context>
<context>
    <name>OverlayControls</name>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>&amp;Opacity</source>
        <translation>&amp;Deckkraft</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>Blend</source>
        <translation>Farben</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>Cells</source>
        <translation>Zellen</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>Cells, signs, colours, limits</source>
        <translation>Zellen, Vorzeichen, Farben, Grenzen</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>Colours over the image</source>
        <translation>Farben über dem Bild</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>Contours</source>
        <translation>Konturen</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>Hide</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>Hold to hide the maps</source>
        <translation>Halten blendet die Karten aus</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>How many of the highest patches</source>
        <translation>Wie viele der höchsten Felder</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>Interpolate between the model&apos;s cells</source>
        <translation>Zwischen den Zellen des Modells interpolieren</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>Lines of equal evidence: solid for the class, dashed against it</source>
        <translation>Linien gleicher Evidenz: durchgezogen für die Klasse, gestrichelt gegen sie</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>More about how maps are drawn</source>
        <translation>Mehr zur Darstellung der Karten</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>More…</source>
        <translation>Mehr…</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>Only what exceeds a share of the limit</source>
        <translation>Nur, was einen Anteil der Grenze übersteigt</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>Opacity of the maps</source>
        <translation>Deckkraft der Karten</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>Patches</source>
        <translation>Felder</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>Patches of 33 x 33 pixels of the model&apos;s input, by the mean of the map; only those above 0, as in top-k precision</source>
        <translation>Felder von 33 x 33 Pixeln des Modelleingangs, nach dem Mittelwert der Karte; nur solche über 0, wie bei der Top-k-Präzision</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>Share of the limit from which on evidence is drawn; contours: the thick line</source>
        <translation>Anteil der Grenze, ab dem Evidenz gezeichnet wird; Konturen: die dicke Linie</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>Show the image alone while this button, or H, is held</source>
        <translation>Zeigt das Bild allein, solange dieser Knopf oder H gehalten wird</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>Show the model&apos;s own cells, as coarse as they are</source>
        <translation>Zeigt die Zellen des Modells, so grob wie sie sind</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>Smooth</source>
        <translation>Glatt</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>The patches with the highest mean, numbered from the highest</source>
        <translation>Die Felder mit dem höchsten Mittelwert, vom höchsten an nummeriert</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>Threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>Threshold, as a share of the limit</source>
        <translation>Schwelle, als Anteil der Grenze</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>top </source>
        <translation>Top </translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>{0} (T: next)</source>
        <translation>{0} (T: weiter)</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_controls.py"/>
        <source>{0}, in percent</source>
        <translation>{0}, in Prozent</translation>
    </message>
</context>
<context>
    <name>OverlayMenu</name>
    <message>
        <location filename="../../app/evidence/overlay_menu.py"/>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_menu.py"/>
        <source>Grid of the model&apos;s cells</source>
        <translation>Raster der Modellzellen</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_menu.py"/>
        <source>Light and dark, for grey print</source>
        <translation>Hell und dunkel, für Graudruck</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_menu.py"/>
        <source>Only what speaks for the class</source>
        <translation>Nur, was für die Klasse spricht</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_menu.py"/>
        <source>Orange and blue</source>
        <translation>Orange und Blau</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_menu.py"/>
        <source>Reset limits</source>
        <translation>Grenzen zurücksetzen</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_menu.py"/>
        <source>Smooth between the cells</source>
        <translation>Zwischen den Zellen glätten</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_menu.py"/>
        <source>To suit the image</source>
        <translation>Passend zum Bild</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_menu.py"/>
        <source>Turquoise and violet</source>
        <translation>Türkis und Violett</translation>
    </message>
    <message>
        <location filename="../../app/evidence/overlay_menu.py"/>
        <source>What the cell under the cursor sees</source>
        <translation>Was die Zelle unter dem Mauszeiger sieht</translation>
    </message>
</context>
<context>
    <name>PaintTool</name>
    <message>
        <location filename="../../app/annotate/tools/paint.py"/>
        <source>Brush {0} px wide</source>
        <translation>Pinsel, {0} px breit</translation>
    </message>
    <message>
        <location filename="../../app/annotate/tools/paint.py"/>
        <source>Erase in {0} masks</source>
        <translation>In {0} Masken radieren</translation>
    </message>
    <message>
        <location filename="../../app/annotate/tools/paint.py"/>
        <source>The eraser works on masks; there is none under it to take from.</source>
        <translation>Der Radierer wirkt auf Masken; unter ihm liegt keine.</translation>
    </message>
</context>
<context>
    <name>Part</name>
    <message>
        <location filename="../../app/commands/part.py"/>
        <source>No study is open; open a folder first.</source>
        <translation>Keine Studie ist geöffnet; öffnen Sie zuerst einen Ordner.</translation>
    </message>
    <message>
        <location filename="../../app/commands/part.py"/>
        <source>The last edits are not saved yet; try again when they are.</source>
        <translation>Die letzten Änderungen sind noch nicht gespeichert; versuchen Sie es danach erneut.</translation>
    </message>
</context>
<context>
    <name>PlotsTab</name>
    <message>
        <location filename="../../app/evaluation/plots_tab.py"/>
        <source>All models</source>
        <translation>Alle Modelle</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/plots_tab.py"/>
        <source>Nothing that was measured can be drawn.</source>
        <translation>Nichts Gemessenes lässt sich zeichnen.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/plots_tab.py"/>
        <source>Of which model</source>
        <translation>Von welchem Modell</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/plots_tab.py"/>
        <source>Which plot</source>
        <translation>Welches Diagramm</translation>
    </message>
</context>
<context>
    <name>Presenting</name>
    <message>
        <location filename="../../app/presenting.py"/>
        <source>Case {0} of {1}</source>
        <translation>Fall {0} von {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenting.py"/>
        <source>Esc ends the presentation</source>
        <translation>Esc: beenden</translation>
    </message>
    <message>
        <location filename="../../app/presenting.py"/>
        <source>Presentation</source>
        <translation>Präsentation</translation>
    </message>
    <message>
        <location filename="../../app/presenting.py"/>
        <source>The help opens when the presentation has ended: Esc.</source>
        <translation>Die Hilfe öffnet sich, wenn die Präsentation beendet ist: Esc.</translation>
    </message>
    <message>
        <location filename="../../app/presenting.py"/>
        <source>The search leaves {0} of {1} cases</source>
        <translation>Die Suche lässt {0} von {1} Fällen übrig</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <location filename="../../app/presets.py"/>
        <source>Presets wait until the adjudication is ended.</source>
        <translation>Arbeitsansichten warten, bis die Adjudikation beendet ist.</translation>
    </message>
    <message>
        <location filename="../../app/presets.py"/>
        <source>This is your own arrangement already.</source>
        <translation>Das ist schon Ihre eigene Anordnung.</translation>
    </message>
</context>
<context>
    <name>ProtocolDialog</name>
    <message>
        <location filename="../../app/readers/protocol_dialog.py"/>
        <source>&amp;As in the folder</source>
        <translation>&amp;Wie im Ordner</translation>
    </message>
    <message>
        <location filename="../../app/readers/protocol_dialog.py"/>
        <source>&amp;Blinded</source>
        <translation>&amp;Verblindet</translation>
    </message>
    <message>
        <location filename="../../app/readers/protocol_dialog.py"/>
        <source>&amp;Open</source>
        <translation>&amp;Offen</translation>
    </message>
    <message>
        <location filename="../../app/readers/protocol_dialog.py"/>
        <source>AI &amp;second</source>
        <translation>&amp;KI danach</translation>
    </message>
    <message>
        <location filename="../../app/readers/protocol_dialog.py"/>
        <source>Everything: the model and other readers&apos; marks.</source>
        <translation>Alles: das Modell und die Markierungen anderer Befunder.</translation>
    </message>
    <message>
        <location filename="../../app/readers/protocol_dialog.py"/>
        <source>Neither what models say nor the marks, grades and progress of other readers, until the first read is locked.</source>
        <translation>Weder was Modelle sagen noch Markierungen, Grade und Fortschritt anderer Befunder, bis die Erstbefundung abgeschlossen ist.</translation>
    </message>
    <message>
        <location filename="../../app/readers/protocol_dialog.py"/>
        <source>Not what models say. The lock of the first read reveals it, and a second read begins, in which changes are recorded.</source>
        <translation>Nicht, was Modelle sagen. Der Abschluss der Erstbefundung deckt es auf, und eine Zweitbefundung beginnt, in der Änderungen festgehalten werden.</translation>
    </message>
    <message>
        <location filename="../../app/readers/protocol_dialog.py"/>
        <source>One read has begun and is not locked; it keeps the rules it began with.</source>
        <translation>Eine Befundung ist begonnen und nicht abgeschlossen; für sie gelten die Regeln, mit denen sie begann.</translation>
    </message>
    <message>
        <location filename="../../app/readers/protocol_dialog.py"/>
        <source>Order of the cases</source>
        <translation>Reihenfolge der Fälle</translation>
    </message>
    <message>
        <location filename="../../app/readers/protocol_dialog.py"/>
        <source>Reading protocol</source>
        <translation>Befundungsprotokoll</translation>
    </message>
    <message>
        <location filename="../../app/readers/protocol_dialog.py"/>
        <source>Seed of the order</source>
        <translation>Startwert der Reihenfolge</translation>
    </message>
    <message>
        <location filename="../../app/readers/protocol_dialog.py"/>
        <source>Sh&amp;uffled for each reader, seed</source>
        <translation>Für jeden Befunder &amp;gemischt, Startwert</translation>
    </message>
    <message>
        <location filename="../../app/readers/protocol_dialog.py"/>
        <source>The same seed gives the same order on every machine</source>
        <translation>Derselbe Startwert ergibt auf jedem Rechner dieselbe Reihenfolge</translation>
    </message>
    <message>
        <location filename="../../app/readers/protocol_dialog.py"/>
        <source>The study keeps the protocol; every change of it is in the audit log.</source>
        <translation>Die Studie bewahrt das Protokoll; jede Änderung daran steht im Audit-Protokoll.</translation>
    </message>
    <message>
        <location filename="../../app/readers/protocol_dialog.py"/>
        <source>What a reader sees before the first read is locked</source>
        <translation>Was ein Befunder sieht, bevor die Erstbefundung abgeschlossen ist</translation>
    </message>
    <message>
        <location filename="../../app/readers/protocol_dialog.py"/>
        <source>{0} reads have begun and are not locked; they keep the rules they began with.</source>
        <translation>{0} Befundungen sind begonnen und nicht abgeschlossen; für sie gelten die Regeln, mit denen sie begannen.</translation>
    </message>
</context>
<context>
    <name>QLabel</name>
    <message>
        <location filename="../../app/evidence/model_card.py"/>
        <source>Approximate conversion: its logits may differ from the original&apos;s.</source>
        <translation>Näherungsweise Umwandlung: Die Logits können vom Original abweichen.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/model_card.py"/>
        <source>Exact conversion of another classifier.</source>
        <translation>Exakte Umwandlung eines anderen Klassifikators.</translation>
    </message>
</context>
<context>
    <name>QMainWindow</name>
    <message>
        <location filename="../../app/docks.py"/>
        <source>Agreement</source>
        <translation>Abgleich</translation>
    </message>
    <message>
        <location filename="../../app/docks.py"/>
        <source>Annotations</source>
        <translation>Annotationen</translation>
    </message>
    <message>
        <location filename="../../app/docks.py"/>
        <source>Classes and evidence</source>
        <translation>Klassen und Evidenz</translation>
    </message>
    <message>
        <location filename="../../app/docks.py"/>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <location filename="../../app/docks.py"/>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <location filename="../../app/docks.py"/>
        <source>Ledger</source>
        <translation>Konto</translation>
    </message>
    <message>
        <location filename="../../app/docks.py"/>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <location filename="../../app/docks.py"/>
        <source>Worklist</source>
        <translation>Fallliste</translation>
    </message>
</context>
<context>
    <name>QMenu</name>
    <message>
        <location filename="../../app/recent.py"/>
        <source>Clear this list</source>
        <translation>Diese Liste leeren</translation>
    </message>
    <message>
        <location filename="../../app/recent.py"/>
        <source>Nothing opened yet</source>
        <translation>Noch nichts geöffnet</translation>
    </message>
</context>
<context>
    <name>ReadBar</name>
    <message>
        <location filename="../../app/readers/read_bar.py"/>
        <source>AI second</source>
        <translation>KI danach</translation>
    </message>
    <message>
        <location filename="../../app/readers/read_bar.py"/>
        <source>After the reveal</source>
        <translation>Nach dem Aufdecken</translation>
    </message>
    <message>
        <location filename="../../app/readers/read_bar.py"/>
        <source>Begin another read of this case; the locked one stays as it is</source>
        <translation>Beginnt eine weitere Befundung dieses Falls; die abgeschlossene bleibt, wie sie ist</translation>
    </message>
    <message>
        <location filename="../../app/readers/read_bar.py"/>
        <source>Blinded</source>
        <translation>Verblindet</translation>
    </message>
    <message>
        <location filename="../../app/readers/read_bar.py"/>
        <source>End this read for good; its marks and grade then stay (Ctrl+Return)</source>
        <translation>Beendet diese Befundung endgültig; Markierungen und Grad bleiben dann (Strg+Eingabe)</translation>
    </message>
    <message>
        <location filename="../../app/readers/read_bar.py"/>
        <source>Lock read</source>
        <translation>Befundung abschließen</translation>
    </message>
    <message>
        <location filename="../../app/readers/read_bar.py"/>
        <source>Not blind: the model was seen {0}</source>
        <translation>Nicht blind: Das Modell war am {0} zu sehen</translation>
    </message>
    <message>
        <location filename="../../app/readers/read_bar.py"/>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <location filename="../../app/readers/read_bar.py"/>
        <source>Read again</source>
        <translation>Erneut befunden</translation>
    </message>
    <message>
        <location filename="../../app/readers/read_bar.py"/>
        <source>Read in progress</source>
        <translation>Befundung läuft</translation>
    </message>
    <message>
        <location filename="../../app/readers/read_bar.py"/>
        <source>State of the read</source>
        <translation>Stand der Befundung</translation>
    </message>
    <message>
        <location filename="../../app/readers/read_bar.py"/>
        <source>Was AI second</source>
        <translation>War KI danach</translation>
    </message>
    <message>
        <location filename="../../app/readers/read_bar.py"/>
        <source>Was blinded</source>
        <translation>War verblindet</translation>
    </message>
    <message>
        <location filename="../../app/readers/read_bar.py"/>
        <source>Was open</source>
        <translation>War offen</translation>
    </message>
    <message>
        <location filename="../../app/readers/read_bar.py"/>
        <source>adjudicating {0} and {1}</source>
        <translation>adjudiziert {0} und {1}</translation>
    </message>
    <message>
        <location filename="../../app/readers/read_bar.py"/>
        <source>shuffled</source>
        <translation>gemischt</translation>
    </message>
</context>
<context>
    <name>ReaderPicker</name>
    <message>
        <location filename="../../app/readers/picker.py"/>
        <source>A name is one line of at most 60 letters.</source>
        <translation>Ein Name ist eine Zeile mit höchstens 60 Zeichen.</translation>
    </message>
    <message>
        <location filename="../../app/readers/picker.py"/>
        <source>Change reader</source>
        <translation>Befunder wechseln</translation>
    </message>
    <message>
        <location filename="../../app/readers/picker.py"/>
        <source>New reader…</source>
        <translation>Neuer Befunder…</translation>
    </message>
    <message>
        <location filename="../../app/readers/picker.py"/>
        <source>No study is open; open a folder first.</source>
        <translation>Keine Studie ist geöffnet; öffnen Sie zuerst einen Ordner.</translation>
    </message>
    <message>
        <location filename="../../app/readers/picker.py"/>
        <source>Reader: {0}</source>
        <translation>Befunder: {0}</translation>
    </message>
    <message>
        <location filename="../../app/readers/picker.py"/>
        <source>The protocol hides what models or others say of {0} from {1}. As {2} you see all that {2} may see: for {1} that ends the blinding. The change of reader is logged. Go on as {2}?</source>
        <translation>Das Befundungsprotokoll verbirgt vor {1}, was Modelle oder andere zu {0} sagen. Als {2} sehen Sie alles, was {2} sehen darf: Für {1} endet damit die Verblindung. Der Wechsel wird festgehalten. Als {2} fortfahren?</translation>
    </message>
    <message>
        <location filename="../../app/readers/picker.py"/>
        <source>The protocol hides what models or others say, and {0} begins as a reader who has seen nothing. What readers of this study have seen, {1} among them, is in the log, as the change of reader will be: reads of who has seen a case are not blind. Go on as {0}?</source>
        <translation>Das Protokoll verbirgt, was Modelle oder andere sagen, und {0} beginnt als Befunder, der nichts gesehen hat. Was Befunder dieser Studie gesehen haben, darunter {1}, steht im Protokoll der Ereignisse, wie auch der Wechsel des Befunders: Befundungen dessen, der einen Fall gesehen hat, sind nicht verblindet. Als {0} fortfahren?</translation>
    </message>
    <message>
        <location filename="../../app/readers/picker.py"/>
        <source>Type a name.</source>
        <translation>Geben Sie einen Namen ein.</translation>
    </message>
    <message>
        <location filename="../../app/readers/picker.py"/>
        <source>Who reads; each reader draws in a layer of their own</source>
        <translation>Wer befundet; jeder Befunder zeichnet in seiner eigenen Ebene</translation>
    </message>
    <message>
        <location filename="../../app/readers/picker.py"/>
        <source>“{0}” is no person: look at these marks, and change the reader (Ctrl+R) before you draw.</source>
        <translation>„{0}“ ist keine Person: Sehen Sie sich diese Markierungen an und wechseln Sie den Befunder (Strg+R), bevor Sie zeichnen.</translation>
    </message>
    <message>
        <location filename="../../app/readers/picker.py"/>
        <source>“{0}” stands for marks that are not one person&apos;s; choose another name.</source>
        <translation>„{0}“ steht für Markierungen, die nicht von einer Person sind; wählen Sie einen anderen Namen.</translation>
    </message>
</context>
<context>
    <name>Readers</name>
    <message>
        <location filename="../../app/readers/room.py"/>
        <source>Adjudicate</source>
        <translation>Adjudizieren</translation>
    </message>
    <message>
        <location filename="../../app/readers/room.py"/>
        <source>Adjudication compares two readers; this study has one so far.</source>
        <translation>Die Adjudikation vergleicht zwei Befunder; diese Studie hat bisher einen.</translation>
    </message>
    <message>
        <location filename="../../app/readers/room.py"/>
        <source>No study is open; open a folder first.</source>
        <translation>Keine Studie ist geöffnet; öffnen Sie zuerst einen Ordner.</translation>
    </message>
    <message>
        <location filename="../../app/readers/room.py"/>
        <source>Reading protocol</source>
        <translation>Befundungsprotokoll</translation>
    </message>
    <message>
        <location filename="../../app/readers/room.py"/>
        <source>Reads of {0} are locked; the protocol changes in the midst of the study, for every reader. The change is logged in the name of {1}. Change the protocol?</source>
        <translation>Befundungen von {0} sind abgeschlossen; das Befundungsprotokoll ändert sich mitten in der Studie, für alle Befunder. Die Änderung wird im Namen von {1} festgehalten. Befundungsprotokoll ändern?</translation>
    </message>
    <message>
        <location filename="../../app/readers/room.py"/>
        <source>The model is revealed; key E shows its evidence on the image.</source>
        <translation>Das Modell ist aufgedeckt; die Taste E zeigt seine Evidenz auf dem Bild.</translation>
    </message>
    <message>
        <location filename="../../app/readers/room.py"/>
        <source>This ends the blinding of {0}, for every reader: what models and others say of them is shown at once. The change is logged in the name of {1}. Change the protocol?</source>
        <translation>Das beendet die Verblindung von {0}, für alle Befunder: Was Modelle und andere dazu sagen, wird sofort gezeigt. Die Änderung wird im Namen von {1} festgehalten. Befundungsprotokoll ändern?</translation>
    </message>
    <message>
        <location filename="../../app/readers/room.py"/>
        <source>Who adjudicates sees what others and the model say: {0} can then no longer make a first blinded read of this study. Adjudicate all the same?</source>
        <translation>Wer adjudiziert, sieht, was andere und das Modell sagen: {0} kann danach in dieser Studie keine verblindete Erstbefundung mehr vornehmen. Trotzdem adjudizieren?</translation>
    </message>
</context>
<context>
    <name>ReadersCommands</name>
    <message>
        <location filename="../../app/commands/readers.py"/>
        <source>CSV (*.csv);;JSON (*.json);;JSON lines (*.jsonl)</source>
        <translation>CSV (*.csv);;JSON (*.json);;JSON-Zeilen (*.jsonl)</translation>
    </message>
    <message>
        <location filename="../../app/commands/readers.py"/>
        <source>Export audit log</source>
        <translation>Audit-Protokoll exportieren</translation>
    </message>
    <message>
        <location filename="../../app/commands/readers.py"/>
        <source>No study is open; open a folder first.</source>
        <translation>Keine Studie ist geöffnet; öffnen Sie zuerst einen Ordner.</translation>
    </message>
</context>
<context>
    <name>Reading</name>
    <message>
        <location filename="../../app/readers/reading.py"/>
        <source> · model revealed</source>
        <translation> · Modell aufgedeckt</translation>
    </message>
    <message>
        <location filename="../../app/readers/reading.py"/>
        <source> – model revealed</source>
        <translation> – Modell aufgedeckt</translation>
    </message>
    <message>
        <location filename="../../app/readers/reading.py"/>
        <source>First read</source>
        <translation>Erstbefundung</translation>
    </message>
    <message>
        <location filename="../../app/readers/reading.py"/>
        <source>No first read: {0} adjudicates</source>
        <translation>Keine Erstbefundung: {0} adjudiziert</translation>
    </message>
    <message>
        <location filename="../../app/readers/reading.py"/>
        <source>Read {0}</source>
        <translation>Befundung {0}</translation>
    </message>
    <message>
        <location filename="../../app/readers/reading.py"/>
        <source>Reading</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <location filename="../../app/readers/reading.py"/>
        <source>Second read</source>
        <translation>Zweitbefundung</translation>
    </message>
    <message>
        <location filename="../../app/readers/reading.py"/>
        <source>The last edits are not saved yet; lock the read when they are.</source>
        <translation>Die letzten Änderungen sind noch nicht gespeichert; schließen Sie die Befundung danach ab.</translation>
    </message>
    <message>
        <location filename="../../app/readers/reading.py"/>
        <source>The study does not take the read now; lock it again in a moment.</source>
        <translation>Die Studie nimmt die Befundung gerade nicht an; schließen Sie sie gleich noch einmal ab.</translation>
    </message>
    <message>
        <location filename="../../app/readers/reading.py"/>
        <source>Third read</source>
        <translation>Drittbefundung</translation>
    </message>
    <message>
        <location filename="../../app/readers/reading.py"/>
        <source>{0} locked {1}</source>
        <translation>{0} abgeschlossen {1}</translation>
    </message>
</context>
<context>
    <name>RecipeForm</name>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>A file…</source>
        <translation>Eine Datei…</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>Batch</source>
        <translation>Batch</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>Choose the trained classifier: an open model, or a file.</source>
        <translation>Wählen Sie den trainierten Klassifikator: ein geöffnetes Modell oder eine Datei.</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>Classifier</source>
        <translation>Basis</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>Find by a sweep…</source>
        <translation>Suchlauf…</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>Give the penalty a value above 0, find one by a sweep, or train a dense model.</source>
        <translation>Geben Sie der Strafe einen Wert über 0, suchen Sie einen mit einem Suchlauf, oder trainieren Sie ein dichtes Modell.</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>Images in a batch</source>
        <translation>Bilder je Batch</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>Input</source>
        <translation>Eingang</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>Ridge λ₂</source>
        <translation>Ridge λ₂</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>Side of the input in pixels</source>
        <translation>Seitenlänge des Eingangs in Pixeln</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>Sparsity λ₁</source>
        <translation>Sparsity λ₁</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>Start from</source>
        <translation>Start mit</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>Trains with several values and takes the highest that costs no accuracy</source>
        <translation>Trainiert mit mehreren Werten und nimmt den höchsten, der keine Genauigkeit kostet</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>Weight of the ridge penalty</source>
        <translation>Gewicht der Ridge-Strafe</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>Weight of the sparse penalty</source>
        <translation>Gewicht der Sparse-Strafe</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>Weights (*.safetensors *.pth *.pt);;All (*)</source>
        <translation>Gewichte (*.safetensors *.pth *.pt);;Alle (*)</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>Weights to start from</source>
        <translation>Gewichte, mit denen begonnen wird</translation>
    </message>
    <message>
        <location filename="../../app/training/recipe_form.py"/>
        <source>What is trained</source>
        <translation>Was trainiert wird</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <location filename="../../app/exchange/report.py"/>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <location filename="../../app/exchange/report.py"/>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <location filename="../../app/exchange/report.py"/>
        <source>Images that the format cannot hold</source>
        <translation>Bilder, die das Format nicht aufnehmen kann</translation>
    </message>
    <message>
        <location filename="../../app/exchange/report.py"/>
        <source>Left out</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <location filename="../../app/exchange/report.py"/>
        <source>{0} file</source>
        <translation>{0} Datei</translation>
    </message>
    <message>
        <location filename="../../app/exchange/report.py"/>
        <source>{0} files</source>
        <translation>{0} Dateien</translation>
    </message>
    <message>
        <location filename="../../app/exchange/report.py"/>
        <source>{0} grade</source>
        <translation>{0} Grad</translation>
    </message>
    <message>
        <location filename="../../app/exchange/report.py"/>
        <source>{0} grades</source>
        <translation>{0} Grade</translation>
    </message>
    <message>
        <location filename="../../app/exchange/report.py"/>
        <source>{0} image</source>
        <translation>{0} Bild</translation>
    </message>
    <message>
        <location filename="../../app/exchange/report.py"/>
        <source>{0} images</source>
        <translation>{0} Bilder</translation>
    </message>
    <message>
        <location filename="../../app/exchange/report.py"/>
        <source>{0} mark</source>
        <translation>{0} Markierung</translation>
    </message>
    <message>
        <location filename="../../app/exchange/report.py"/>
        <source>{0} marks</source>
        <translation>{0} Markierungen</translation>
    </message>
    <message>
        <location filename="../../app/exchange/report.py"/>
        <source>{0} more; Copy takes them all</source>
        <translation>{0} weitere; „Kopieren“ nimmt alle mit</translation>
    </message>
    <message>
        <location filename="../../app/exchange/report.py"/>
        <source>{0} of {1} written, in {2}</source>
        <translation>{0} von {1} geschrieben, in {2}</translation>
    </message>
    <message>
        <location filename="../../app/exchange/report.py"/>
        <source>{0}; {1} left out</source>
        <translation>{0}; {1} ausgelassen</translation>
    </message>
</context>
<context>
    <name>ReportCommands</name>
    <message>
        <location filename="../../app/commands/report.py"/>
        <source>No case is in view; choose one first.</source>
        <translation>Kein Fall ist gezeigt; wählen Sie zuerst einen.</translation>
    </message>
    <message>
        <location filename="../../app/commands/report.py"/>
        <source>The report is in {0}.</source>
        <translation>Der Bericht liegt in {0}.</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <location filename="../../app/exchange/report.py"/>
        <source>&amp;Copy report</source>
        <translation>Bericht &amp;kopieren</translation>
    </message>
    <message>
        <location filename="../../app/exchange/report.py"/>
        <source>&amp;Open folder</source>
        <translation>&amp;Ordner öffnen</translation>
    </message>
    <message>
        <location filename="../../app/output/report_dialog.py"/>
        <source>Case report</source>
        <translation>Fallbericht</translation>
    </message>
    <message>
        <location filename="../../app/exchange/report.py"/>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <location filename="../../app/output/report_dialog.py"/>
        <source>Drawing the first page…</source>
        <translation>Die erste Seite wird gezeichnet…</translation>
    </message>
    <message>
        <location filename="../../app/output/report_dialog.py"/>
        <source>HTML page (*.html)</source>
        <translation>HTML-Seite (*.html)</translation>
    </message>
    <message>
        <location filename="../../app/output/report_dialog.py"/>
        <source>Next page</source>
        <translation>Nächste Seite</translation>
    </message>
    <message>
        <location filename="../../app/exchange/report.py"/>
        <source>Nothing was lost: the format holds everything. Of a case that was read again it has the last read; the locked first one stays in the study.</source>
        <translation>Nichts ging verloren: Das Format fasst alles. Von einem Fall, der erneut befundet wurde, enthält es die letzte Befundung; die abgeschlossene erste bleibt in der Studie.</translation>
    </message>
    <message>
        <location filename="../../app/output/report_dialog.py"/>
        <source>PDF document (*.pdf)</source>
        <translation>PDF-Dokument (*.pdf)</translation>
    </message>
    <message>
        <location filename="../../app/output/report_dialog.py"/>
        <source>Page {0} of {1}</source>
        <translation>Seite {0} von {1}</translation>
    </message>
    <message>
        <location filename="../../app/output/report_dialog.py"/>
        <source>Preview of the first page</source>
        <translation>Vorschau der ersten Seite</translation>
    </message>
    <message>
        <location filename="../../app/output/report_dialog.py"/>
        <source>Previous page</source>
        <translation>Vorige Seite</translation>
    </message>
    <message>
        <location filename="../../app/output/report_dialog.py"/>
        <source>Save the report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <location filename="../../app/output/report_dialog.py"/>
        <source>The report was cancelled; nothing was written.</source>
        <translation>Der Bericht wurde abgebrochen; nichts wurde geschrieben.</translation>
    </message>
    <message>
        <location filename="../../app/exchange/report.py"/>
        <source>What could not be kept</source>
        <translation>Was nicht erhalten werden konnte</translation>
    </message>
</context>
<context>
    <name>ReportForm</name>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>&amp;Cases</source>
        <translation>&amp;Fälle</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>&amp;Maps</source>
        <translation>&amp;Karten</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>&amp;Paper</source>
        <translation>&amp;Papier</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>A4</source>
        <translation>A4</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>All cases ({0})</source>
        <translation>Alle Fälle ({0})</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>C&amp;lasses beside
the predicted one</source>
        <translation>K&amp;lassen neben
der vorhergesagten</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>Classes beside the predicted one</source>
        <translation>Klassen neben der vorhergesagten</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>Done cases ({0})</source>
        <translation>Fertige Fälle ({0})</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>F&amp;ormat</source>
        <translation>F&amp;ormat</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>File names may tell who the patient is; nothing else of the identity goes in.</source>
        <translation>Dateinamen können verraten, wer der Patient ist; sonst kommt nichts zur Identität hinein.</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>Flagged cases ({0})</source>
        <translation>Gekennzeichnete Fälle ({0})</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>Format of the file</source>
        <translation>Format der Datei</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>HTML, one page for a browser</source>
        <translation>HTML, eine Seite für den Browser</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>Include the &amp;file name</source>
        <translation>&amp;Dateinamen aufnehmen</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>Letter</source>
        <translation>Letter</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>Maps to draw</source>
        <translation>Zu zeichnende Karten</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>No open model suits these cases: the report has no maps.</source>
        <translation>Kein geöffnetes Modell passt zu diesen Fällen: Der Bericht hat keine Karten.</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>No patient&apos;s name, number or date, and no file name goes in.</source>
        <translation>Kein Name, keine Nummer und kein Datum eines Patienten und kein Dateiname kommt hinein.</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>Of {0} of {1} cases the protocol hides what models say; the report leaves it out.</source>
        <translation>Bei {0} von {1} Fällen verbirgt das Protokoll, was Modelle sagen; der Bericht lässt es weg.</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>PDF, to print and to file</source>
        <translation>PDF, zum Drucken und Ablegen</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>The protocol hides what models say; the report leaves it out.</source>
        <translation>Das Protokoll verbirgt, was Modelle sagen; der Bericht lässt es weg.</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>This case</source>
        <translation>Dieser Fall</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>Which cases</source>
        <translation>Welche Fälle</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>{0} (stored)</source>
        <translation>{0} (gespeichert)</translation>
    </message>
    <message>
        <location filename="../../app/output/report_form.py"/>
        <source>{0} (takes minutes)</source>
        <translation>{0} (langsam)</translation>
    </message>
</context>
<context>
    <name>ResultsTab</name>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>All methods</source>
        <translation>Alle Methoden</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>All metrics</source>
        <translation>Alle Metriken</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>All models</source>
        <translation>Alle Modelle</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>Find results</source>
        <translation>Ergebnisse suchen</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>No result is like that; change the filters.</source>
        <translation>Kein Ergebnis passt dazu; ändern Sie die Filter.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>Results of which method</source>
        <translation>Ergebnisse welcher Methode</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>Results of which metric</source>
        <translation>Ergebnisse welcher Metrik</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>Results of which model</source>
        <translation>Ergebnisse welches Modells</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>Results, a row for each number</source>
        <translation>Ergebnisse, eine Zeile je Wert</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>{0} best value of its metric, chance left out; it need not differ from the next: Differences says where it does.</source>
        <translation>{0} bester Wert seiner Metrik, ohne den Zufall; er muss sich vom nächsten nicht unterscheiden: „Unterschiede“ sagt, wo er es tut.</translation>
    </message>
</context>
<context>
    <name>Run</name>
    <message>
        <location filename="../../app/training/run.py"/>
        <source>The training was ended from outside, perhaps as the memory was full; Resume goes on from what was stored last.</source>
        <translation>Das Training wurde von außen beendet, vielleicht weil der Speicher voll war; „Fortsetzen“ macht bei dem zuletzt Gespeicherten weiter.</translation>
    </message>
</context>
<context>
    <name>RunsBox</name>
    <message>
        <location filename="../../app/evaluation/earlier.py"/>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/earlier.py"/>
        <source>1 case</source>
        <translation>1 Fall</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/earlier.py"/>
        <source>Choose one</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/earlier.py"/>
        <source>Delete the run {0} and its report from the disk?</source>
        <translation>Den Lauf {0} und seinen Bericht vom Datenträger löschen?</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/earlier.py"/>
        <source>Delete this run from the disk</source>
        <translation>Diesen Lauf vom Datenträger löschen</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/earlier.py"/>
        <source>Evaluations of this study</source>
        <translation>Auswertungen dieser Studie</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/earlier.py"/>
        <source>None yet</source>
        <translation>Noch keine</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/earlier.py"/>
        <source>Remove run</source>
        <translation>Lauf entfernen</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/earlier.py"/>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/earlier.py"/>
        <source>not finished</source>
        <translation>nicht beendet</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/earlier.py"/>
        <source>under way</source>
        <translation>läuft</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/earlier.py"/>
        <source>{0} cases</source>
        <translation>{0} Fälle</translation>
    </message>
</context>
<context>
    <name>RunsList</name>
    <message>
        <location filename="../../app/training/live/runs_list.py"/>
        <source>&amp;Open in viewer</source>
        <translation>Im Viewer &amp;öffnen</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_list.py"/>
        <source>&amp;Remove…</source>
        <translation>&amp;Entfernen…</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_list.py"/>
        <source>Delete the run {0} and its models from the disk?</source>
        <translation>Den Lauf {0} und seine Modelle vom Datenträger löschen?</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_list.py"/>
        <source>Delete this run and its models from the disk</source>
        <translation>Diesen Lauf und seine Modelle vom Datenträger löschen</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_list.py"/>
        <source>It is being trained; pause it first.</source>
        <translation>Er wird gerade trainiert; halten Sie ihn zuerst an.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_list.py"/>
        <source>Model of the best &amp;accuracy</source>
        <translation>Modell der besten &amp;Genauigkeit</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_list.py"/>
        <source>Model of the best &amp;kappa</source>
        <translation>Modell des besten &amp;Kappas</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_list.py"/>
        <source>Model of the best A&amp;UC</source>
        <translation>Modell der besten A&amp;UC</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_list.py"/>
        <source>No model was trained in this study yet.</source>
        <translation>In dieser Studie wurde noch kein Modell trainiert.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_list.py"/>
        <source>Open a study to see its training runs.</source>
        <translation>Öffnen Sie eine Studie, um ihre Trainingsläufe zu sehen.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_list.py"/>
        <source>Remove run</source>
        <translation>Lauf entfernen</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_list.py"/>
        <source>Res&amp;ume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_list.py"/>
        <source>Runs of which sweep</source>
        <translation>Läufe welches Suchlaufs</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_list.py"/>
        <source>Show &amp;folder</source>
        <translation>&amp;Ordner zeigen</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_list.py"/>
        <source>Single runs</source>
        <translation>Einzelne Läufe</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_list.py"/>
        <source>Sweep {0}</source>
        <translation>Suchlauf {0}</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_list.py"/>
        <source>Training runs</source>
        <translation>Trainingsläufe</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_list.py"/>
        <source>Training runs, a row for each</source>
        <translation>Trainingsläufe, eine Zeile für jeden</translation>
    </message>
</context>
<context>
    <name>Saver</name>
    <message>
        <location filename="../../app/evaluation/save.py"/>
        <source>Save report in</source>
        <translation>Bericht speichern in</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/save.py"/>
        <source>Saved {0}.</source>
        <translation>{0} gespeichert.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/save.py"/>
        <source>The evaluation has no report any more; evaluate again.</source>
        <translation>Die Auswertung hat keinen Bericht mehr; werten Sie erneut aus.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/save.py"/>
        <source>The report cannot be saved to {0} ({1}); choose another folder.</source>
        <translation>Der Bericht kann nicht in {0} gespeichert werden ({1}); wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/save.py"/>
        <source>the disk refused</source>
        <translation>der Datenträger weigert sich</translation>
    </message>
</context>
<context>
    <name>SelectTool</name>
    <message>
        <location filename="../../app/annotate/tools/select.py"/>
        <source>An outline needs three corners; none was deleted.</source>
        <translation>Ein Umriss braucht drei Ecken; keine wurde gelöscht.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/tools/select.py"/>
        <source>Move {0} shapes</source>
        <translation>{0} Formen verschieben</translation>
    </message>
</context>
<context>
    <name>ShapeTool</name>
    <message>
        <location filename="../../app/annotate/tools/tool.py"/>
        <source>A locked shape stays as it is; unlock it first, in the list or by its key.</source>
        <translation>Eine gesperrte Form bleibt, wie sie ist; entsperren Sie sie zuerst, in der Liste oder mit der Taste.</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <location filename="../../app/dialogs/shortcut_sheet.py"/>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/shortcut_sheet.py"/>
        <source>Actions and their keys</source>
        <translation>Aktionen und ihre Tasten</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/shortcut_sheet.py"/>
        <source>Change keys…</source>
        <translation>Tasten ändern…</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/shortcut_sheet.py"/>
        <source>Double-click an action, or press Enter on it, to change its keys.</source>
        <translation>Doppelklick auf eine Aktion oder Eingabetaste ändert ihre Tasten.</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/shortcut_sheet.py"/>
        <source>Find an action</source>
        <translation>Aktion suchen</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/shortcut_sheet.py"/>
        <source>Find an action or a key</source>
        <translation>Aktion oder Taste suchen</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/shortcut_sheet.py"/>
        <source>Give every action its usual keys again? Your own keys are forgotten.</source>
        <translation>Jeder Aktion wieder ihre üblichen Tasten geben? Ihre eigenen Tasten gehen verloren.</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/shortcut_sheet.py"/>
        <source>In the image</source>
        <translation>Im Bild</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/shortcut_sheet.py"/>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/shortcut_sheet.py"/>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/shortcut_sheet.py"/>
        <source>No action and no key is called that.</source>
        <translation>Keine Aktion und keine Taste heißt so.</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/shortcut_sheet.py"/>
        <source>PDF (*.pdf);;Web page (*.html *.htm)</source>
        <translation>PDF (*.pdf);;Webseite (*.html *.htm)</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/shortcut_sheet.py"/>
        <source>Restore all keys…</source>
        <translation>Alle Tasten zurücksetzen…</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/shortcut_sheet.py"/>
        <source>Save as page…</source>
        <translation>Als Seite speichern…</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/shortcut_sheet.py"/>
        <source>Save the sheet</source>
        <translation>Übersicht speichern</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/shortcut_sheet.py"/>
        <source>Write the sheet as a web page or PDF, to print it</source>
        <translation>Schreibt die Übersicht als Webseite oder PDF, zum Drucken</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/shortcut_sheet.py"/>
        <source>{0} cannot be written ({1}); choose another place.</source>
        <translation>{0} kann nicht geschrieben werden ({1}); wählen Sie einen anderen Ort.</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <location filename="../../app/training/status.py"/>
        <source>Epoch {0} of {1}</source>
        <translation>Epoche {0} von {1}</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/status.py"/>
        <source>Progress of the evaluation</source>
        <translation>Fortschritt der Auswertung</translation>
    </message>
    <message>
        <location filename="../../app/training/status.py"/>
        <source>Progress of the training</source>
        <translation>Fortschritt des Trainings</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/status.py"/>
        <source>Starting…</source>
        <translation>Startet…</translation>
    </message>
    <message>
        <location filename="../../app/training/status.py"/>
        <source>Training: epoch {0} of {1}</source>
        <translation>Training: Epoche {0} von {1}</translation>
    </message>
    <message>
        <location filename="../../app/training/status.py"/>
        <source>Training: {0}</source>
        <translation>Training: {0}</translation>
    </message>
    <message>
        <location filename="../../app/training/status.py"/>
        <source>best accuracy {0} in epoch {1}</source>
        <translation>beste Genauigkeit {0} in Epoche {1}</translation>
    </message>
    <message>
        <location filename="../../app/training/status.py"/>
        <source>loss {0}</source>
        <translation>Loss {0}</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/status.py"/>
        <source>{0} failed.</source>
        <translation>{0} fehlgeschlagen.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/status.py"/>
        <source>{0} left out, whose first read was not locked when this began; evaluate again to take them in.</source>
        <translation>{0} ausgelassen, deren Erstbefundung zu Beginn nicht abgeschlossen war; werten Sie erneut aus, um sie einzubeziehen.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/status.py"/>
        <source>{0} left out: your first read of them was not locked, and the protocol hides what others or models say about them until then.</source>
        <translation>{0} ausgelassen: Ihre Erstbefundung war dort nicht abgeschlossen, und das Protokoll verbirgt bis dahin, was andere oder Modelle dazu sagen.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/status.py"/>
        <source>{0} of {1} images.</source>
        <translation>{0} von {1} Bildern.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/status.py"/>
        <source>… and {0} more</source>
        <translation>… und {0} weitere</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <location filename="../../app/status_bar.py"/>
        <source>Device and model</source>
        <translation>Gerät und Modell</translation>
    </message>
    <message>
        <location filename="../../app/status_bar.py"/>
        <source>Evaluation under way</source>
        <translation>Auswertung läuft</translation>
    </message>
    <message>
        <location filename="../../app/status_bar.py"/>
        <source>Maps of other cases or classes are computed; Shift+M stops them</source>
        <translation>Karten anderer Fälle oder Klassen werden berechnet; Umschalt+M hält sie an</translation>
    </message>
    <message>
        <location filename="../../app/status_bar.py"/>
        <source>Model hidden</source>
        <translation>Modell verborgen</translation>
    </message>
    <message>
        <location filename="../../app/status_bar.py"/>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <location filename="../../app/status_bar.py"/>
        <source>Save state</source>
        <translation>Speicherstand</translation>
    </message>
    <message>
        <location filename="../../app/status_bar.py"/>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <location filename="../../app/status_bar.py"/>
        <source>Show the evaluation (Ctrl+Shift+E)</source>
        <translation>Auswertung zeigen (Strg+Umschalt+E)</translation>
    </message>
    <message>
        <location filename="../../app/status_bar.py"/>
        <source>Show the training (Ctrl+Shift+T)</source>
        <translation>Training zeigen (Strg+Umschalt+T)</translation>
    </message>
    <message>
        <location filename="../../app/status_bar.py"/>
        <source>Training under way</source>
        <translation>Training läuft</translation>
    </message>
    <message>
        <location filename="../../app/status_bar.py"/>
        <source>Value under the cursor</source>
        <translation>Wert unter dem Mauszeiger</translation>
    </message>
    <message>
        <location filename="../../app/status_bar.py"/>
        <source>Work behind the window</source>
        <translation>Arbeit im Hintergrund</translation>
    </message>
    <message>
        <location filename="../../app/status_bar.py"/>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <location filename="../../app/status_bar.py"/>
        <source>predicting {0} / {1}</source>
        <translation>Vorhersagen {0} / {1}</translation>
    </message>
    <message>
        <location filename="../../app/status_bar.py"/>
        <source>slow maps behind: {0}</source>
        <translation>langsame Karten im Hintergrund: {0}</translation>
    </message>
    <message>
        <location filename="../../app/status_bar.py"/>
        <source>zoom {0} %</source>
        <translation>Zoom {0} %</translation>
    </message>
    <message>
        <location filename="../../app/status_bar.py"/>
        <source>{0} not saved yet</source>
        <translation>{0} noch nicht gespeichert</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <location filename="../../app/annotate/history.py"/>
        <source>Redone in {0}: {1}.</source>
        <translation>Wiederhergestellt in {0}: {1}.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/history.py"/>
        <source>Undo has to wait until the last edits are saved; they are kept meanwhile.</source>
        <translation>Rückgängig muss warten, bis die letzten Änderungen gespeichert sind; sie bleiben so lange erhalten.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/history.py"/>
        <source>Undone in {0}: {1}.</source>
        <translation>Rückgängig gemacht in {0}: {1}.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/history.py"/>
        <source>another case</source>
        <translation>einem anderen Fall</translation>
    </message>
</context>
<context>
    <name>StoredMapsDialog</name>
    <message>
        <location filename="../../app/dialogs/stored_maps.py"/>
        <source>&amp;Remove them all</source>
        <translation>Alle &amp;entfernen</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/stored_maps.py"/>
        <source>Counting…</source>
        <translation>Wird gezählt…</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/stored_maps.py"/>
        <source>Maps that take many passes of the network are kept on this computer, so that the same image, model and method have them at once next time. Their files are named by checksums and hold no image and no name. What is removed is computed again when it is next asked for.</source>
        <translation>Karten, die viele Durchgänge des Netzes brauchen, werden auf diesem Rechner aufbewahrt, damit sie für dasselbe Bild, Modell und Verfahren beim nächsten Mal sofort da sind. Ihre Dateien heißen nach Prüfsummen und enthalten weder Bild noch Namen. Was entfernt ist, wird beim nächsten Bedarf neu berechnet.</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/stored_maps.py"/>
        <source>No map is stored.</source>
        <translation>Keine Karte ist gespeichert.</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/stored_maps.py"/>
        <source>Removing…</source>
        <translation>Wird entfernt…</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/stored_maps.py"/>
        <source>Room that stored maps take</source>
        <translation>Platz, den gespeicherte Karten brauchen</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/stored_maps.py"/>
        <source>Stored maps</source>
        <translation>Gespeicherte Karten</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/stored_maps.py"/>
        <source>They take {0} MB.</source>
        <translation>Sie brauchen {0} MB.</translation>
    </message>
</context>
<context>
    <name>SummaryView</name>
    <message>
        <location filename="../../app/training/summary.py"/>
        <source>1 image has drawn lesions.</source>
        <translation>1 Bild hat gezeichnete Läsionen.</translation>
    </message>
    <message>
        <location filename="../../app/training/summary.py"/>
        <source>Looking at the images…</source>
        <translation>Bilder werden angesehen…</translation>
    </message>
    <message>
        <location filename="../../app/training/summary.py"/>
        <source>{0} images have drawn lesions.</source>
        <translation>{0} Bilder haben gezeichnete Läsionen.</translation>
    </message>
</context>
<context>
    <name>SweepOptions</name>
    <message>
        <location filename="../../app/training/sweep_options.py"/>
        <source>Find the penalty by a sweep</source>
        <translation>Strafe mit einem Suchlauf finden</translation>
    </message>
    <message>
        <location filename="../../app/training/sweep_options.py"/>
        <source>Loss allowed</source>
        <translation>Erlaubter Verlust</translation>
    </message>
    <message>
        <location filename="../../app/training/sweep_options.py"/>
        <source>May cost</source>
        <translation>Darf kosten</translation>
    </message>
    <message>
        <location filename="../../app/training/sweep_options.py"/>
        <source>Models each</source>
        <translation>Modelle je</translation>
    </message>
    <message>
        <location filename="../../app/training/sweep_options.py"/>
        <source>Models of each value</source>
        <translation>Modelle je Wert</translation>
    </message>
    <message>
        <location filename="../../app/training/sweep_options.py"/>
        <source>Quicker; a value that starts slowly may be given up wrongly</source>
        <translation>Schneller; ein Wert, der langsam beginnt, wird vielleicht zu Unrecht aufgegeben</translation>
    </message>
    <message>
        <location filename="../../app/training/sweep_options.py"/>
        <source>Ridge λ₂</source>
        <translation>Ridge λ₂</translation>
    </message>
    <message>
        <location filename="../../app/training/sweep_options.py"/>
        <source>Several models are trained, one for each value, and one without a penalty. Chosen is the highest value that costs no more accuracy and AUC than you allow: the calmest maps at the same performance.</source>
        <translation>Mehrere Modelle werden trainiert, eines je Wert und eines ohne Strafe. Gewählt wird der höchste Wert, der nicht mehr Genauigkeit und AUC kostet, als Sie erlauben: die ruhigsten Karten bei gleicher Leistung.</translation>
    </message>
    <message>
        <location filename="../../app/training/sweep_options.py"/>
        <source>Sparsity λ₁</source>
        <translation>Sparsity λ₁</translation>
    </message>
    <message>
        <location filename="../../app/training/sweep_options.py"/>
        <source>Start the sweep</source>
        <translation>Suchlauf beginnen</translation>
    </message>
    <message>
        <location filename="../../app/training/sweep_options.py"/>
        <source>Stop the worst values early</source>
        <translation>Die schlechtesten Werte früh aufgeben</translation>
    </message>
    <message>
        <location filename="../../app/training/sweep_options.py"/>
        <source>Values of {0} to try</source>
        <translation>Werte von {0}, die probiert werden</translation>
    </message>
    <message>
        <location filename="../../app/training/sweep_options.py"/>
        <source>Write numbers above 0 with commas between: 1e-5, 1e-4.</source>
        <translation>Schreiben Sie Zahlen über 0, mit Kommas dazwischen: 1e-5, 1e-4.</translation>
    </message>
    <message>
        <location filename="../../app/training/sweep_options.py"/>
        <source>seven values that suit the network</source>
        <translation>sieben Werte, die zum Netz passen</translation>
    </message>
</context>
<context>
    <name>SweepView</name>
    <message>
        <location filename="../../app/training/live/sweep_view.py"/>
        <source>&amp;Train with the chosen value</source>
        <translation>Mit dem gewählten Wert &amp;trainieren</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_view.py"/>
        <source>Looking…</source>
        <translation>Wird angesehen…</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_view.py"/>
        <source>No sweep was made in this study yet: it tries values of a lambda.</source>
        <translation>In dieser Studie gab es noch keinen Suchlauf: Er probiert Werte eines Lambdas.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_view.py"/>
        <source>Nothing is chosen until every value is trained.</source>
        <translation>Nichts wird gewählt, bevor jeder Wert trainiert ist.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_view.py"/>
        <source>Selection of lambda</source>
        <translation>Wahl von Lambda</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_view.py"/>
        <source>The sweep begins; its values come when the first one is trained.</source>
        <translation>Der Suchlauf beginnt; seine Werte kommen, wenn der erste trainiert ist.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_view.py"/>
        <source>The sweep begins…</source>
        <translation>Der Suchlauf beginnt…</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_view.py"/>
        <source>Train with the chosen value</source>
        <translation>Mit dem gewählten Wert trainieren</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_view.py"/>
        <source>Values of lambda, a row for each</source>
        <translation>Werte von Lambda, eine Zeile für jeden</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_view.py"/>
        <source>Which network and penalty</source>
        <translation>Welches Netz und welche Strafe</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_view.py"/>
        <source>Which sweep</source>
        <translation>Welcher Suchlauf</translation>
    </message>
</context>
<context>
    <name>TablesTab</name>
    <message>
        <location filename="../../app/evaluation/tables_tab.py"/>
        <source>Nothing of the report&apos;s tables was measured.</source>
        <translation>Von den Tabellen des Berichts wurde nichts gemessen.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/tables_tab.py"/>
        <source>Table of the report</source>
        <translation>Tabelle des Berichts</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/tables_tab.py"/>
        <source>Which table</source>
        <translation>Welche Tabelle</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/tables_tab.py"/>
        <source>{0} best value of the column; it need not differ from the next.</source>
        <translation>{0} bester Wert der Spalte; er muss sich vom nächsten nicht unterscheiden.</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <location filename="../../app/tour/overlay.py"/>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <location filename="../../app/tour/overlay.py"/>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <location filename="../../app/tour/overlay.py"/>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <location filename="../../app/tour/overlay.py"/>
        <source>Skip the tour</source>
        <translation>Rundgang überspringen</translation>
    </message>
    <message>
        <location filename="../../app/tour/overlay.py"/>
        <source>Tour</source>
        <translation>Rundgang</translation>
    </message>
    <message>
        <location filename="../../app/tour/overlay.py"/>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
</context>
<context>
    <name>TrainingDialog</name>
    <message>
        <location filename="../../app/training/dialog.py"/>
        <source>Another run is under way here; pause it first.</source>
        <translation>Hier läuft schon ein anderer Lauf; halten Sie ihn zuerst an.</translation>
    </message>
    <message>
        <location filename="../../app/training/dialog.py"/>
        <source>Cancelled; Resume goes on while the tab Sweep shows it.</source>
        <translation>Abgebrochen; „Fortsetzen“ macht weiter, solange ihn der Reiter Suchlauf zeigt.</translation>
    </message>
    <message>
        <location filename="../../app/training/dialog.py"/>
        <source>Cancelled; the run stays in the list: resume it, or remove it.</source>
        <translation>Abgebrochen; der Lauf bleibt in der Liste: Setzen Sie ihn fort, oder entfernen Sie ihn.</translation>
    </message>
    <message>
        <location filename="../../app/training/dialog.py"/>
        <source>Cancelling: the checkpoint is written…</source>
        <translation>Abbruch: Der Zwischenstand wird geschrieben…</translation>
    </message>
    <message>
        <location filename="../../app/training/dialog.py"/>
        <source>Copied: {0}</source>
        <translation>Kopiert: {0}</translation>
    </message>
    <message>
        <location filename="../../app/training/dialog.py"/>
        <source>Done: best validation accuracy {0} in epoch {1}.</source>
        <translation>Fertig: beste Validierungsgenauigkeit {0} in Epoche {1}.</translation>
    </message>
    <message>
        <location filename="../../app/training/dialog.py"/>
        <source>Measuring the time…</source>
        <translation>Zeit wird gemessen…</translation>
    </message>
    <message>
        <location filename="../../app/training/dialog.py"/>
        <source>Model {0} of {1}: {2}</source>
        <translation>Modell {0} von {1}: {2}</translation>
    </message>
    <message>
        <location filename="../../app/training/dialog.py"/>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <location filename="../../app/training/dialog.py"/>
        <source>Paused; Resume goes on from this very step.</source>
        <translation>Angehalten; „Fortsetzen“ macht genau bei diesem Schritt weiter.</translation>
    </message>
    <message>
        <location filename="../../app/training/dialog.py"/>
        <source>Pausing: the checkpoint is written…</source>
        <translation>Anhalten: Der Zwischenstand wird geschrieben…</translation>
    </message>
    <message>
        <location filename="../../app/training/dialog.py"/>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <location filename="../../app/training/dialog.py"/>
        <source>The sweep is done: see the tab Sweep.</source>
        <translation>Der Suchlauf ist fertig: siehe Reiter Suchlauf.</translation>
    </message>
    <message>
        <location filename="../../app/training/dialog.py"/>
        <source>The training has ended: {0}</source>
        <translation>Das Training ist beendet: {0}</translation>
    </message>
    <message>
        <location filename="../../app/training/dialog.py"/>
        <source>The training is done; Ctrl+Shift+T shows it.</source>
        <translation>Das Training ist fertig; Strg+Umschalt+T zeigt es.</translation>
    </message>
    <message>
        <location filename="../../app/training/dialog.py"/>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <location filename="../../app/training/dialog.py"/>
        <source>this machine</source>
        <translation>dieser Rechner</translation>
    </message>
</context>
<context>
    <name>TrainingWindow</name>
    <message>
        <location filename="../../app/training/window.py"/>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <location filename="../../app/training/window.py"/>
        <source>Copy command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <location filename="../../app/training/window.py"/>
        <source>Open in viewer</source>
        <translation>Im Viewer öffnen</translation>
    </message>
    <message>
        <location filename="../../app/training/window.py"/>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <location filename="../../app/training/window.py"/>
        <source>The command that trains the same without this window</source>
        <translation>Der Befehl, der dasselbe ohne dieses Fenster trainiert</translation>
    </message>
    <message>
        <location filename="../../app/training/window.py"/>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
</context>
<context>
    <name>TruthChooser</name>
    <message>
        <location filename="../../app/readers/truth_chooser.py"/>
        <source>&amp;Marks</source>
        <translation>&amp;Markierungen</translation>
    </message>
    <message>
        <location filename="../../app/readers/truth_chooser.py"/>
        <source>Adjudicated</source>
        <translation>Adjudiziert</translation>
    </message>
    <message>
        <location filename="../../app/readers/truth_chooser.py"/>
        <source>Majority of readers</source>
        <translation>Mehrheit der Befunder</translation>
    </message>
    <message>
        <location filename="../../app/readers/truth_chooser.py"/>
        <source>Marks of different readers are never mixed unless you say so here.</source>
        <translation>Markierungen verschiedener Befunder werden nie vermischt, außer Sie verlangen es hier.</translation>
    </message>
    <message>
        <location filename="../../app/readers/truth_chooser.py"/>
        <source>Mine: {0}</source>
        <translation>Meine: {0}</translation>
    </message>
    <message>
        <location filename="../../app/readers/truth_chooser.py"/>
        <source>Other readers&apos; marks are hidden until your first read is locked.</source>
        <translation>Markierungen anderer Befunder sind verborgen, bis Ihre Erstbefundung abgeschlossen ist.</translation>
    </message>
    <message>
        <location filename="../../app/readers/truth_chooser.py"/>
        <source>Union of all readers</source>
        <translation>Vereinigung aller Befunder</translation>
    </message>
    <message>
        <location filename="../../app/readers/truth_chooser.py"/>
        <source>Whose marks the maps are measured against</source>
        <translation>An wessen Markierungen die Karten gemessen werden</translation>
    </message>
</context>
<context>
    <name>Views</name>
    <message>
        <location filename="../../app/training/views.py"/>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <location filename="../../app/training/views.py"/>
        <source>Maps</source>
        <translation>Karten</translation>
    </message>
    <message>
        <location filename="../../app/training/views.py"/>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <location filename="../../app/training/views.py"/>
        <source>Sweep</source>
        <translation>Suchlauf</translation>
    </message>
    <message>
        <location filename="../../app/training/views.py"/>
        <source>What runs say</source>
        <translation>Was Läufe sagen</translation>
    </message>
</context>
<context>
    <name>WandTool</name>
    <message>
        <location filename="../../app/annotate/tools/wand.py"/>
        <source>Tolerance {0}</source>
        <translation>Toleranz {0}</translation>
    </message>
</context>
<context>
    <name>WatchedMaps</name>
    <message>
        <location filename="../../app/training/live/maps.py"/>
        <source>Choose a run to see the evidence of its watched images.</source>
        <translation>Wählen Sie einen Lauf, um die Evidenz seiner beobachteten Bilder zu sehen.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/maps.py"/>
        <source>Class of the label</source>
        <translation>Klasse des Labels</translation>
    </message>
    <message>
        <location filename="../../app/training/live/maps.py"/>
        <source>Colours between the limits of the epoch that is shown; else they are the same in all epochs, and one colour is one number.</source>
        <translation>Farben zwischen den Grenzen der gezeigten Epoche; sonst sind sie in allen Epochen gleich, und eine Farbe ist eine Zahl.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/maps.py"/>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <location filename="../../app/training/live/maps.py"/>
        <source>Epoch {0} of {1}</source>
        <translation>Epoche {0} von {1}</translation>
    </message>
    <message>
        <location filename="../../app/training/live/maps.py"/>
        <source>Epoch {0}, the newest</source>
        <translation>Epoche {0}, die neueste</translation>
    </message>
    <message>
        <location filename="../../app/training/live/maps.py"/>
        <source>Evidence of the watched images</source>
        <translation>Evidenz der beobachteten Bilder</translation>
    </message>
    <message>
        <location filename="../../app/training/live/maps.py"/>
        <source>Evidence of which class</source>
        <translation>Evidenz welcher Klasse</translation>
    </message>
    <message>
        <location filename="../../app/training/live/maps.py"/>
        <source>Limits of &amp;each epoch</source>
        <translation>Grenzen &amp;jeder Epoche</translation>
    </message>
    <message>
        <location filename="../../app/training/live/maps.py"/>
        <source>No better than chance on the validation set: accuracy {0}.</source>
        <translation>Nicht besser als der Zufall auf dem Validierungssatz: Genauigkeit {0}.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/maps.py"/>
        <source>No evidence: all classes look alike to this network.</source>
        <translation>Keine Evidenz: Für dieses Netz sehen alle Klassen gleich aus.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/maps.py"/>
        <source>Predicted class</source>
        <translation>Vorhergesagte Klasse</translation>
    </message>
    <message>
        <location filename="../../app/training/live/maps.py"/>
        <source>The maps come when the first epoch is finished.</source>
        <translation>Die Karten kommen, wenn die erste Epoche beendet ist.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/maps.py"/>
        <source>The maps of one epoch cannot be read.</source>
        <translation>Die Karten einer Epoche sind nicht lesbar.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/maps.py"/>
        <source>The maps of {0} epochs cannot be read.</source>
        <translation>Die Karten von {0} Epochen sind nicht lesbar.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/maps.py"/>
        <source>This run finished no epoch whose maps can be read.</source>
        <translation>Dieser Lauf hat keine Epoche beendet, deren Karten lesbar sind.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/maps.py"/>
        <source>This run watches no images.</source>
        <translation>Dieser Lauf beobachtet keine Bilder.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/maps.py"/>
        <source>{0}: a black box has no evidence.</source>
        <translation>{0}: Eine Blackbox hat keine Evidenz.</translation>
    </message>
</context>
<context>
    <name>Waterfall</name>
    <message>
        <location filename="../../app/evidence/ledger/waterfall.py"/>
        <source>What the logit is made of, strongest regions first</source>
        <translation>Woraus der Logit besteht, die stärksten Regionen zuerst</translation>
    </message>
</context>
<context>
    <name>WindowMenus</name>
    <message>
        <location filename="../../app/window_menus.py"/>
        <source>&amp;Device</source>
        <translation>Ger&amp;ät</translation>
    </message>
    <message>
        <location filename="../../app/window_menus.py"/>
        <source>&amp;Panels</source>
        <translation>&amp;Bereiche</translation>
    </message>
    <message>
        <location filename="../../app/window_menus.py"/>
        <source>&amp;Recent models</source>
        <translation>&amp;Zuletzt verwendete Modelle</translation>
    </message>
    <message>
        <location filename="../../app/window_menus.py"/>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <location filename="../../app/window_menus.py"/>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
</context>
<context>
    <name>Work</name>
    <message>
        <location filename="../../app/exchange/work.py"/>
        <source>A file cannot be read or written ({0}).</source>
        <translation>Eine Datei kann nicht gelesen oder geschrieben werden ({0}).</translation>
    </message>
</context>
<context>
    <name>WorklistPanel</name>
    <message>
        <location filename="../../app/worklist/filter.py"/>
        <source>Folder order</source>
        <translation>Wie im Ordner</translation>
    </message>
    <message>
        <location filename="../../app/worklist/filter.py"/>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <location filename="../../app/worklist/panel.py"/>
        <source>No case fits the search.</source>
        <translation>Kein Fall passt zur Suche.</translation>
    </message>
    <message>
        <location filename="../../app/worklist/panel.py"/>
        <source>Order of the worklist</source>
        <translation>Reihenfolge der Fallliste</translation>
    </message>
    <message>
        <location filename="../../app/worklist/filter.py"/>
        <source>Probability, high first</source>
        <translation>Wahrscheinlichkeit, hohe zuerst</translation>
    </message>
    <message>
        <location filename="../../app/worklist/filter.py"/>
        <source>Probability, low first</source>
        <translation>Wahrscheinlichkeit, niedrige zuerst</translation>
    </message>
    <message>
        <location filename="../../app/worklist/panel.py"/>
        <source>Search the worklist</source>
        <translation>Fallliste durchsuchen</translation>
    </message>
    <message>
        <location filename="../../app/worklist/panel.py"/>
        <source>Search, e.g. status:unread p&gt;0.8</source>
        <translation>Suche: status:ungelesen p&gt;0.8</translation>
    </message>
    <message>
        <location filename="../../app/worklist/panel.py"/>
        <source>Shuffled</source>
        <translation>Gemischt</translation>
    </message>
    <message>
        <location filename="../../app/worklist/filter.py"/>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <location filename="../../app/worklist/panel.py"/>
        <source>The reading protocol says so</source>
        <translation>So will es das Befundungsprotokoll</translation>
    </message>
    <message>
        <location filename="../../app/worklist/panel.py"/>
        <source>What models say is hidden until your first read of a case is locked.</source>
        <translation>Was Modelle sagen, ist verborgen, bis Ihre Erstbefundung eines Falls abgeschlossen ist.</translation>
    </message>
    <message>
        <location filename="../../app/worklist/panel.py"/>
        <source>What other readers say is hidden until your first read of a case is locked.</source>
        <translation>Was andere Befunder sagen, ist verborgen, bis Ihre erste Befundung eines Falls abgeschlossen ist.</translation>
    </message>
    <message>
        <location filename="../../app/worklist/panel.py"/>
        <source>Words of the name; status:unread, label:…, class:…, p&gt;0.8 or p&lt;0.6</source>
        <translation>Wörter des Namens; status:ungelesen, label:…, klasse:…, p&gt;0.8 oder p&lt;0.6</translation>
    </message>
    <message>
        <location filename="../../app/worklist/panel.py"/>
        <source>Worklist</source>
        <translation>Fallliste</translation>
    </message>
    <message>
        <location filename="../../app/worklist/panel.py"/>
        <source>reference: {0}</source>
        <translation>Referenz: {0}</translation>
    </message>
    <message>
        <location filename="../../app/worklist/panel.py"/>
        <source>your grade: {0}</source>
        <translation>Ihr Grad: {0}</translation>
    </message>
    <message>
        <location filename="../../app/worklist/panel.py"/>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
</context>
<context>
    <name>Writer</name>
    <message>
        <location filename="../../app/annotate/writer.py"/>
        <source>No study is open; open a folder first.</source>
        <translation>Keine Studie ist geöffnet; öffnen Sie zuerst einen Ordner.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/writer.py"/>
        <source>This edit is not saved yet, but kept and tried again: {0}</source>
        <translation>Diese Änderung ist noch nicht gespeichert, aber aufbewahrt, und wird erneut versucht: {0}</translation>
    </message>
    <message>
        <location filename="../../app/annotate/writer.py"/>
        <source>This edit is not saved yet, kept in memory alone and tried again; leave the window open: {0}</source>
        <translation>Diese Änderung ist noch nicht gespeichert, nur im Speicher gehalten, und wird erneut versucht; lassen Sie das Fenster offen: {0}</translation>
    </message>
    <message>
        <location filename="../../app/annotate/writer.py"/>
        <source>{0} edits can never be saved to this study ({1}); they are kept in {2}.</source>
        <translation>{0} Änderungen lassen sich nie in diese Studie speichern ({1}); sie liegen in {2}.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/writer.py"/>
        <source>{0} edits from before could not be saved yet; they are kept.</source>
        <translation>{0} frühere Änderungen konnten noch nicht gespeichert werden; sie bleiben aufbewahrt.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/writer.py"/>
        <source>{0} edits of the study {1} are not saved yet, but kept; open it again to save them.</source>
        <translation>{0} Änderungen der Studie {1} sind noch nicht gespeichert, aber aufbewahrt; öffnen Sie sie wieder, um sie zu speichern.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/writer.py"/>
        <source>{0} edits that could not be saved before are saved now.</source>
        <translation>{0} Änderungen, die vorher nicht gespeichert werden konnten, sind jetzt gespeichert.</translation>
    </message>
</context>
<context>
    <name>_Lister</name>
    <message>
        <location filename="../../app/evaluation/earlier.py"/>
        <source>The run stays: another window is measuring it, or the disk refused.</source>
        <translation>Der Lauf bleibt: Ein anderes Fenster misst ihn, oder der Datenträger weigert sich.</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;About SoftCAM Viewer</source>
        <translation>Ü&amp;ber SoftCAM Viewer</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Adjudicate…</source>
        <translation>&amp;Adjudizieren…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;All methods of this model</source>
        <translation>&amp;Alle Methoden dieses Modells</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Angle</source>
        <translation>&amp;Winkel</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Annotate</source>
        <translation>&amp;Annotieren</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Back to my arrangement</source>
        <translation>&amp;Zurück zu meiner Anordnung</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Box</source>
        <translation>&amp;Rechteck</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Change reader…</source>
        <translation>Befunder &amp;wechseln…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Close all models</source>
        <translation>Alle Modelle &amp;schließen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Compute slow maps</source>
        <translation>L&amp;angsame Karten berechnen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Copy view</source>
        <translation>Ansicht &amp;kopieren</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Delete selected shapes</source>
        <translation>Ausgewählte Formen &amp;löschen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Difference to another pane</source>
        <translation>&amp;Differenz zu einem anderen Bildfeld</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Eight panes</source>
        <translation>&amp;Acht Bildfelder</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Enlarge by a tenth</source>
        <translation>Um ein Zehntel &amp;vergrößern</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Eraser</source>
        <translation>Ra&amp;dierer</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Evidence and Grad-CAM</source>
        <translation>&amp;Evidenz und Grad-CAM</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Export annotations…</source>
        <translation>Annotationen &amp;exportieren…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Export audit log…</source>
        <translation>Audit-Protokoll &amp;exportieren…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Find a case…</source>
        <translation>Fall &amp;suchen…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Find and do anything…</source>
        <translation>Alles &amp;finden und ausführen…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Fit to pane</source>
        <translation>&amp;Einpassen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Flag, or take the flag off</source>
        <translation>&amp;Kennzeichnen oder Kennzeichen entfernen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Forget the lassoed region</source>
        <translation>Lass&amp;o-Region vergessen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Four panes</source>
        <translation>&amp;Vier Bildfelder</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Freehand</source>
        <translation>&amp;Freihand</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Grid of the model&apos;s cells</source>
        <translation>&amp;Raster der Modellzellen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Hide or show selected shapes</source>
        <translation>Ausgewählte Formen aus- &amp;oder einblenden</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Hide the maps while held</source>
        <translation>Karten &amp;ausblenden, solange gehalten</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Import annotations…</source>
        <translation>Annotationen &amp;importieren…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Larger</source>
        <translation>&amp;Größer</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Lasso a region</source>
        <translation>Region &amp;mit Lasso umranden</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Less opaque</source>
        <translation>We&amp;niger deckend</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Link zoom and cursor</source>
        <translation>&amp;Zoom und Mauszeiger koppeln</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Lock read</source>
        <translation>Befundung a&amp;bschließen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Lower</source>
        <translation>Nach &amp;hinten</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Manage layouts…</source>
        <translation>Anordnungen &amp;verwalten…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Merge selected shapes</source>
        <translation>Ausgewählte Formen &amp;vereinigen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;More opaque</source>
        <translation>De&amp;ckender</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Next case</source>
        <translation>&amp;Nächster Fall</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Next pane</source>
        <translation>&amp;Nächstes Bildfeld</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;One class each</source>
        <translation>Je eine &amp;Klasse</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;One pane</source>
        <translation>&amp;Ein Bildfeld</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Open model…</source>
        <translation>Modell &amp;öffnen…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Pan</source>
        <translation>Verschie&amp;ben</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Present</source>
        <translation>&amp;Präsentieren</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Previous case</source>
        <translation>&amp;Voriger Fall</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Previous pane</source>
        <translation>&amp;Voriges Bildfeld</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Quit</source>
        <translation>Bee&amp;nden</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Raise</source>
        <translation>Nach &amp;vorn</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Read again</source>
        <translation>E&amp;rneut befunden</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Read the image again</source>
        <translation>&amp;Bild neu einlesen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Reset limits of the maps</source>
        <translation>Grenzen der Karten &amp;zurücksetzen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Review</source>
        <translation>&amp;Befunden</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Save study as…</source>
        <translation>Studie speichern &amp;unter…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Select and edit</source>
        <translation>&amp;Auswählen und bearbeiten</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Shrink by a tenth</source>
        <translation>Um ein Zehntel ver&amp;kleinern</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Six panes</source>
        <translation>&amp;Sechs Bildfelder</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Smaller</source>
        <translation>&amp;Kleiner</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Smooth maps</source>
        <translation>Geg&amp;lättete Karten</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Sparse and dense side by side</source>
        <translation>&amp;Sparse und dicht nebeneinander</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Spline</source>
        <translation>&amp;Kurve</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Stored maps…</source>
        <translation>&amp;Gespeicherte Karten…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Train…</source>
        <translation>&amp;Trainieren…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Two panes</source>
        <translation>&amp;Zwei Bildfelder</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Unlink this pane</source>
        <translation>Dieses Bildfeld ent&amp;koppeln</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;User guide</source>
        <translation>&amp;Handbuch</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>&amp;Usual</source>
        <translation>&amp;Üblich</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>A&amp;greement…</source>
        <translation>&amp;Übereinstimmung…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Angle</source>
        <translation>Winkel</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Annotate</source>
        <translation>Annotieren</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>At each place the class with the most evidence</source>
        <translation>An jeder Stelle die Klasse mit der meisten Evidenz</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>B&amp;rush</source>
        <translation>&amp;Pinsel</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Begin another read of a case whose read is locked</source>
        <translation>Beginnt eine weitere Befundung eines Falls, dessen Befundung abgeschlossen ist</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Blend</source>
        <translation>Überblendung</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Box</source>
        <translation>Rechteck</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Cancel slow &amp;maps</source>
        <translation>Langsame Karten a&amp;bbrechen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Case</source>
        <translation>Fall</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Case &amp;report…</source>
        <translation>Fallbe&amp;richt…</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/gestures.py"/>
        <source>Choose a class or a label</source>
        <translation>Eine Klasse oder ein Label wählen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Cl&amp;ose pane</source>
        <translation>B&amp;ildfeld schließen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Classes in the maps</source>
        <translation>Klassen in den Karten</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Click an arm&apos;s end, the vertex, the other end</source>
        <translation>Ende eines Schenkels, Scheitel und anderes Ende anklicken</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Click places of a smooth outline</source>
        <translation>Stellen eines glatten Umrisses anklicken</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Click to set a point</source>
        <translation>Klicken setzt einen Punkt</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/gestures.py"/>
        <source>Close, give up, or leave</source>
        <translation>Schließen, abbrechen oder verlassen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Colours of the maps</source>
        <translation>Farben der Karten</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Colours over the image</source>
        <translation>Farben über dem Bild</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Compute slow maps at on&amp;ce</source>
        <translation>Langsame Karten &amp;sofort berechnen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Compute the maps in view that take many passes of the network</source>
        <translation>Berechnet die gezeigten Karten, die viele Durchgänge des Netzes brauchen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Compute them for every case, without being asked</source>
        <translation>Berechnet sie für jeden Fall, ohne Nachfrage</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Contours</source>
        <translation>Konturen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Copy a picture of the current pane as it is on screen</source>
        <translation>Kopiert ein Bild des aktuellen Bildfelds, wie es am Bildschirm ist</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Copy a picture of the panes as they are on screen</source>
        <translation>Kopiert ein Bild der Bildfelder, wie sie am Bildschirm sind</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Copy its numbers as text, without the name of the case</source>
        <translation>Kopiert seine Zahlen als Text, ohne den Namen des Falls</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Copy pa&amp;ne</source>
        <translation>Bild&amp;feld kopieren</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Copy the &amp;evidence ledger</source>
        <translation>&amp;Evidenzkonto kopieren</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Copy the study file; every edit is already saved as it happens</source>
        <translation>Kopiert die Studiendatei; jede Änderung ist ohnehin sofort gespeichert</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Cover the pixels of the region that the evidence ledger is about, and predict again</source>
        <translation>Verdeckt die Pixel der Region, um die es im Evidenzkonto geht, und sagt noch einmal vorher</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>D&amp;uplicate selected shapes</source>
        <translation>Ausgewählte Formen d&amp;uplizieren</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Deutsch</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Drag an ellipse; Shift makes a circle, Alt draws from the centre</source>
        <translation>Ellipse aufziehen; Umschalt ergibt einen Kreis, Alt zeichnet vom Mittelpunkt aus</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Drag, or click both ends; Shift keeps it level</source>
        <translation>Ziehen oder beide Enden anklicken; Umschalt hält sie waagerecht</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Draw around a place to see what it adds to the prediction; it marks nothing</source>
        <translation>Umranden Sie eine Stelle, um zu sehen, was sie zur Vorhersage beiträgt; es wird nichts markiert</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Draw around; letting go closes it</source>
        <translation>Umranden; Loslassen schließt den Umriss</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Draw lines between the model&apos;s own cells</source>
        <translation>Zeichnet Linien zwischen die Zellen des Modells</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Draw the class in view, several at once, or at each place the strongest</source>
        <translation>Zeichnet die gezeigte Klasse, mehrere zugleich oder an jeder Stelle die stärkste</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>E&amp;llipse</source>
        <translation>&amp;Ellipse</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>E&amp;valuate…</source>
        <translation>A&amp;uswerten…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Ellipse</source>
        <translation>Ellipse</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>End this read for good: its marks and its grade then stay as they are</source>
        <translation>Beendet diese Befundung endgültig: Markierungen und Grad bleiben dann, wie sie sind</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Eraser</source>
        <translation>Radierer</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Every map that the predicting model has, up to eight</source>
        <translation>Jede Karte, die das vorhersagende Modell hat, bis zu acht</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Export &amp;figure…</source>
        <translation>&amp;Abbildung exportieren…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>F&amp;ive panes</source>
        <translation>&amp;Fünf Bildfelder</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>F&amp;ull screen</source>
        <translation>V&amp;ollbild</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Find an action, a case, a class, a panel or a preset by its name</source>
        <translation>Findet eine Aktion, einen Fall, eine Klasse, einen Bereich oder eine Arbeitsansicht nach dem Namen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Follow each case&apos;s prediction; keys 1 to 9 choose a class</source>
        <translation>Folgt der Vorhersage jedes Falls; die Tasten 1 bis 9 wählen eine Klasse</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Follow the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Four to eight panes of what the open models can show; again: back</source>
        <translation>Vier bis acht Bildfelder dessen, was die offenen Modelle zeigen können; noch einmal: zurück</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Freehand</source>
        <translation>Freihand</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Go &amp;on to the next case after locking</source>
        <translation>&amp;Nach dem Abschließen weiter zum nächsten Fall</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/gestures.py"/>
        <source>Go to the control before</source>
        <translation>Zum vorigen Bedienelement</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/gestures.py"/>
        <source>Go to the next control</source>
        <translation>Zum nächsten Bedienelement</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Hidden shapes are not drawn; they still count</source>
        <translation>Ausgeblendete Formen werden nicht gezeichnet; sie zählen trotzdem</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>How far readers agree with each other and with the open models</source>
        <translation>Wie weit Befunder miteinander und mit den geöffneten Modellen übereinstimmen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Keep what the panes show under a name, in this study</source>
        <translation>Bewahrt unter einem Namen in dieser Studie auf, was die Bildfelder zeigen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>L&amp;ock or unlock selected shapes</source>
        <translation>Ausgewählte Formen &amp;sperren oder entsperren</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Layouts</source>
        <translation>Anordnungen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Leave out what speaks against the class</source>
        <translation>Lässt weg, was gegen die Klasse spricht</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Len&amp;gth</source>
        <translation>&amp;Länge</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Let corners snap to edges of the image; Alt suspends it</source>
        <translation>Lässt Ecken an Kanten des Bildes einrasten; Alt setzt das aus</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Let the current pane change places with the one before; or drag it by its header</source>
        <translation>Tauscht das aktuelle Bildfeld mit dem davor; oder ziehen Sie es an seiner Kopfzeile</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Let the current pane move alone, or with the others again</source>
        <translation>Lässt das aktuelle Bildfeld sich allein bewegen oder wieder mit den anderen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Level</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Light and dark</source>
        <translation>Hell und dunkel</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Lines of equal evidence: solid for the class, dashed against it</source>
        <translation>Linien gleicher Evidenz: durchgezogen für die Klasse, gestrichelt gegen sie</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Locked shapes can be selected but not changed</source>
        <translation>Gesperrte Formen lassen sich auswählen, aber nicht ändern</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Magic &amp;wand</source>
        <translation>&amp;Zauberstab</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Make a figure for a paper of models, methods and cases of your choice</source>
        <translation>Macht eine Abbildung für eine Veröffentlichung aus Modellen, Methoden und Fällen Ihrer Wahl</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Make a mask of each part of the selected mask</source>
        <translation>Macht aus jedem Teil der ausgewählten Maske eine eigene</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Make one mask of all selected shapes</source>
        <translation>Macht aus allen ausgewählten Formen eine Maske</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Mark &amp;done</source>
        <translation>Als &amp;fertig markieren</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Mark &amp;in progress</source>
        <translation>Als in &amp;Arbeit markieren</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Mark &amp;unread</source>
        <translation>Als &amp;ungelesen markieren</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Measure models and methods against the marks: tables, plots and a report</source>
        <translation>Misst Modelle und Methoden an den Markierungen: Tabellen, Diagramme und ein Bericht</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/gestures.py"/>
        <source>Middle button, or Space and drag</source>
        <translation>Mittlere Taste, oder Leertaste und ziehen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Model &amp;card…</source>
        <translation>Modell&amp;karte…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/gestures.py"/>
        <source>Mouse wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Move &amp;down by a pixel</source>
        <translation>Um &amp;ein Pixel nach unten</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Move &amp;left by a pixel</source>
        <translation>Um ein Pixel nach &amp;links</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Move &amp;right by a pixel</source>
        <translation>Um ein Pixel nach &amp;rechts</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Move &amp;up by a pixel</source>
        <translation>Um ein Pixel nach &amp;oben</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Move pane &amp;right</source>
        <translation>Bildfeld nach &amp;rechts</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Move pane le&amp;ft</source>
        <translation>Bildfeld nach &amp;links</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Move, turn and resize</source>
        <translation>Verschieben, drehen, skalieren</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Next</source>
        <translation>Nächster</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Next &amp;unread case</source>
        <translation>Nächster un&amp;gelesener Fall</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Next st&amp;yle of the maps</source>
        <translation>Nächste &amp;Darstellung der Karten</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>One class</source>
        <translation>Eine Klasse</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>One image pixel per screen pixel</source>
        <translation>Ein Bildpixel je Bildschirmpixel</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>One large pane, labels and marks; maps are hidden until they are asked for; again: back</source>
        <translation>Ein großes Bildfeld, Labels und Markierungen; Karten sind verborgen, bis man sie verlangt; noch einmal: zurück</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>One, several or the &amp;strongest class</source>
        <translation>Eine, mehrere oder die &amp;stärkste Klasse</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Only what exceeds a share of the limit</source>
        <translation>Nur, was einen Anteil der Grenze übersteigt</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Only what speaks &amp;for the class</source>
        <translation>Nur, &amp;was für die Klasse spricht</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Open &amp;demo study</source>
        <translation>&amp;Demostudie öffnen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Open &amp;folder…</source>
        <translation>&amp;Ordner öffnen…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Open &amp;images…</source>
        <translation>&amp;Bilder öffnen…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Open &amp;study…</source>
        <translation>&amp;Studie öffnen…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Open a folder of images</source>
        <translation>Öffnet einen Ordner mit Bildern</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Orange and blue</source>
        <translation>Orange und Blau</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Outline the part of the image that the cell under the cursor depends on</source>
        <translation>Umrandet den Teil des Bildes, von dem die Zelle unter dem Mauszeiger abhängt</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Overlay</source>
        <translation>Überlagerung</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Paint a mask; the wheel changes the size, Shift wipes, Alt begins another mask</source>
        <translation>Malt eine Maske; das Mausrad ändert die Größe, Umschalt radiert, Alt beginnt eine andere Maske</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Pan</source>
        <translation>Hand</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Panes</source>
        <translation>Bildfelder</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Poin&amp;t</source>
        <translation>P&amp;unkt</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Point</source>
        <translation>Punkt</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Pol&amp;ygon</source>
        <translation>Pol&amp;ygon</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Polygon</source>
        <translation>Polygon</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Predict &amp;without those pixels</source>
        <translation>Ohne diese &amp;Pixel vorhersagen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Presets</source>
        <translation>Arbeitsansichten</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Previous</source>
        <translation>Voriger</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Read the file anew, and compute what is said of it again</source>
        <translation>Liest die Datei neu ein und berechnet neu, was dazu gesagt wird</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Readers</source>
        <translation>Befunder</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Reading &amp;protocol…</source>
        <translation>Befundungs&amp;protokoll…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Reset &amp;window and level</source>
        <translation>&amp;Fensterung zurücksetzen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Reset brightness and contrast; drag with the right button to change them</source>
        <translation>Setzt Helligkeit und Kontrast zurück; mit der rechten Maustaste ziehen ändert sie</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Return to the limits that all cases of the study share</source>
        <translation>Kehrt zu den Grenzen zurück, die für alle Fälle der Studie gelten</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Save &amp;picture of the window…</source>
        <translation>Bi&amp;ld des Fensters speichern…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Save layout &amp;as…</source>
        <translation>Anordnung speichern &amp;unter…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Say who reads; each reader draws in a layer of their own</source>
        <translation>Sagt, wer befundet; jeder Befunder zeichnet in seiner eigenen Ebene</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Se&amp;ven panes</source>
        <translation>S&amp;ieben Bildfelder</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Select</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Select &amp;all shapes</source>
        <translation>&amp;Alle Formen auswählen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Select &amp;nothing</source>
        <translation>&amp;Nichts auswählen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Select &amp;previous shape</source>
        <translation>V&amp;orige Form auswählen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Select ne&amp;xt shape</source>
        <translation>Nä&amp;chste Form auswählen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Several classes</source>
        <translation>Mehrere Klassen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Sho&amp;w all hidden shapes</source>
        <translation>Alle aus&amp;geblendeten Formen zeigen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Show e&amp;vidence</source>
        <translation>E&amp;videnz zeigen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Show or hide the maps over the image</source>
        <translation>Blendet die Karten über dem Bild ein oder aus</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Show the &amp;error log…</source>
        <translation>&amp;Fehlerprotokoll zeigen…</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Show the predic&amp;ted class</source>
        <translation>Vor&amp;hergesagte Klasse zeigen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Show what the current pane&apos;s map has over that of the next pane with another method; evidence is compared with the black box first; again closes it</source>
        <translation>Zeigt, was die Karte des aktuellen Bildfelds der des nächsten Bildfelds einer anderen Methode voraushat; Evidenz wird zuerst mit der Blackbox verglichen; noch einmal schließt</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Smooth, or the model&apos;s own cells</source>
        <translation>Geglättet, oder die Zellen des Modells</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Snap to &amp;edges</source>
        <translation>A&amp;n Kanten einrasten</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Spline</source>
        <translation>Kurve</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Split mas&amp;k</source>
        <translation>&amp;Maske zerlegen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Stop computing slow maps, also those of other cases</source>
        <translation>Hält das Berechnen langsamer Karten an, auch anderer Fälle</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Style of the maps</source>
        <translation>Darstellung der Karten</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>T&amp;hree panes</source>
        <translation>&amp;Drei Bildfelder</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Take marks out of files of many formats; what they bring is shown first</source>
        <translation>Liest Markierungen aus Dateien vieler Formate; was sie bringen, wird zuerst gezeigt</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Take the &amp;tour</source>
        <translation>&amp;Rundgang beginnen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Take the pixels around a click that are like it; the wheel or a drag changes how like</source>
        <translation>Nimmt die Pixel um einen Klick, die ihm gleichen; Mausrad oder Ziehen ändert, wie sehr</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/gestures.py"/>
        <source>Take what is chosen</source>
        <translation>Das Gewählte übernehmen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>The class in view</source>
        <translation>Die gezeigte Klasse</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>The evidence for every class, a pane each; of many, the most probable eight</source>
        <translation>Die Evidenz für jede Klasse, je ein Bildfeld; von vielen die acht wahrscheinlichsten</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>The evidence of every SoftCAM model that is open</source>
        <translation>Die Evidenz jedes geöffneten SoftCAM-Modells</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>The image alone for as long as the key is down</source>
        <translation>Nur das Bild, solange die Taste gedrückt ist</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>The panes alone, on the whole screen, without the names of files; Esc returns</source>
        <translation>Nur die Bildfelder, auf dem ganzen Bildschirm, ohne Dateinamen; Esc kehrt zurück</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>The patches with the highest mean, numbered from the highest</source>
        <translation>Die Felder mit dem höchsten Mittelwert, vom höchsten an nummeriert</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>The room that maps take which are kept for the next time, and how to free it</source>
        <translation>Der Platz, den fürs nächste Mal aufbewahrte Karten brauchen, und wie er frei wird</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>The two signs differ in grey print as well</source>
        <translation>Die beiden Vorzeichen unterscheiden sich auch im Graudruck</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>This pane less opaque</source>
        <translation>Dieses Bildfeld weniger deckend</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>This pane more opaque</source>
        <translation>Dieses Bildfeld deckender</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>To suit the image</source>
        <translation>Passend zum Bild</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>To the &amp;bottom</source>
        <translation>Ganz nach h&amp;inten</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>To the &amp;top</source>
        <translation>Ganz nach v&amp;orn</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Top patches</source>
        <translation>Oberste Felder</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Train a model on grades and marks of this study, or on a table of images</source>
        <translation>Trainiert ein Modell mit Graden und Markierungen dieser Studie oder mit einer Tabelle von Bildern</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Turn &amp;clockwise by 15°</source>
        <translation>Um 15° im &amp;Uhrzeigersinn drehen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Turn c&amp;ounter-clockwise by 15°</source>
        <translation>Um 15° &amp;gegen den Uhrzeigersinn drehen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Turquoise and violet</source>
        <translation>Türkis und Violett</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Two readers side by side, and between them what is agreed upon; again to end it</source>
        <translation>Zwei Befunder nebeneinander und dazwischen, worüber sie einig sind; erneut, um es zu beenden</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Unread</source>
        <translation>Ungelesen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Up to eight classes at once, each in its own hue; only what speaks for them</source>
        <translation>Bis zu acht Klassen zugleich, jede in ihrem Farbton; nur, was für sie spricht</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Wand</source>
        <translation>Zauberstab</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>What is hidden before the first read, and the order of the cases</source>
        <translation>Was vor der Erstbefundung verborgen ist, und die Reihenfolge der Fälle</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>What the cell under the cursor sees</source>
        <translation>Was die Zelle unter dem Mauszeiger sieht</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>What went wrong in this program, without names of files or patients</source>
        <translation>Was in diesem Programm schiefging, ohne Namen von Dateien oder Patienten</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Who did what when: edits, grades, reads with their times, and events</source>
        <translation>Wer wann was tat: Änderungen, Grade, Befundungen mit ihren Zeiten und Ereignisse</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Winner of each place</source>
        <translation>Stärkste je Stelle</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Wipe pixels of masks; the wheel changes the size</source>
        <translation>Radiert Pixel aus Masken; das Mausrad ändert die Größe</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Worklist, classes and evidence beside two panes; again: back</source>
        <translation>Fallliste, Klassen und Evidenz neben zwei Bildfeldern; noch einmal: zurück</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Write down what is seen on cases, and what the model says, to print and to file</source>
        <translation>Schreibt auf, was an Fällen zu sehen ist und was das Modell sagt, zum Drucken und Ablegen</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Write the study&apos;s marks in a format of your choice</source>
        <translation>Schreibt die Markierungen der Studie in einem Format Ihrer Wahl</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Your own panels and tool again, and the panes that you chose last</source>
        <translation>Wieder die eigenen Bereiche und das eigene Werkzeug, und die zuletzt gewählten Bildfelder</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <location filename="../../app/actions/__init__.py"/>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <location filename="../../app/dialogs/gestures.py"/>
        <source>Zoom at the cursor</source>
        <translation>Am Mauszeiger zoomen</translation>
    </message>
</context>
<context>
    <name>agreement</name>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>95 % interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>Bootstrap over cases: where the value of other such cases would lie.</source>
        <translation>Bootstrap über die Fälle: wo der Wert bei anderen solchen Fällen läge.</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>Cases</source>
        <translation>Fälle</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>Cases that both read and that give no value: nobody marked anything, for instance.</source>
        <translation>Fälle, die beide befundet haben und die keinen Wert ergeben: zum Beispiel, weil niemand etwas markiert hat.</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>Cases that the value comes from.</source>
        <translation>Fälle, aus denen der Wert stammt.</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>Compared</source>
        <translation>Verglichen</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>Dice</source>
        <translation>Dice</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>Grades</source>
        <translation>Grade</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>HD 95</source>
        <translation>HD 95</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>Hits</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>Lesion F1</source>
        <translation>Läsions-F1</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>Lesions that both have, of the reference&apos;s / of the other&apos;s.</source>
        <translation>Läsionen, die beide haben, von denen der Referenz / denen des anderen.</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>Measure</source>
        <translation>Maß</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>Reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>Undefined</source>
        <translation>Undefiniert</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>all labels</source>
        <translation>alle Labels</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>given (labels of the folder)</source>
        <translation>mitgeliefert (Labels des Ordners)</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>no label</source>
        <translation>ohne Label</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>{0} of {1} / {2}</source>
        <translation>{0} von {1} / {2}</translation>
    </message>
    <message>
        <location filename="../../app/agreement/tables.py"/>
        <source>{0} to {1}</source>
        <translation>{0} bis {1}</translation>
    </message>
</context>
<context>
    <name>case_report</name>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>A cell on the edge of a region counts with the share of it that lies inside.</source>
        <translation>Eine Zelle am Rand einer Region zählt mit dem Anteil, der innerhalb liegt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>AI second: models are hidden until the first read is locked</source>
        <translation>KI danach: Modelle sind verborgen, bis die erste Befundung abgeschlossen ist</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>AP</source>
        <translation>AP</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>AP, activation precision: share of the map&apos;s positive part inside the marks. AS, activation sensitivity: how strongly the map covers the marks, from its own minimum to its maximum; read it beside AP. Top-k: of the {0} patches of {1} pixels of the model&apos;s input that the map ranks highest, the share that holds a mark. Hit: the highest pixel lies on the marks, or within {2} pixels of the model&apos;s input of them.</source>
        <translation>AP, Aktivierungspräzision: Anteil des positiven Teils der Karte innerhalb der Markierungen. AS, Aktivierungssensitivität: wie stark die Karte die Markierungen bedeckt, von ihrem eigenen Minimum bis zu ihrem Maximum; neben AP zu lesen. Top-k: Von den {0} Ausschnitten aus {1} Pixeln der Modelleingabe, die die Karte am höchsten stellt, der Anteil, der eine Markierung enthält. Treffer: Das höchste Pixel liegt auf den Markierungen oder höchstens {2} Pixel der Modelleingabe daneben.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>AS</source>
        <translation>AS</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Active time</source>
        <translation>Aktive Zeit</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Adds to the logit</source>
        <translation>Beitrag zum Logit</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Agreement of the maps with the marks</source>
        <translation>Übereinstimmung der Karten mit den Markierungen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>An evidence map shows which cells of the image made up this model&apos;s score, as finely as the model&apos;s grid and no finer; a post-hoc map only approximates what moved the model, in arbitrary units.</source>
        <translation>Eine Evidenzkarte zeigt, welche Zellen des Bildes den Wert dieses Modells ausmachen, so fein wie das Raster des Modells und nicht feiner; eine Post-hoc-Karte nähert nur an, was das Modell bewegt hat, in willkürlichen Einheiten.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Area</source>
        <translation>Fläche</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Begun</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Black box: predicts without evidence; maps are made afterwards</source>
        <translation>Blackbox: sagt ohne Evidenz vorher; Karten entstehen nachträglich</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Blinded: the protocol hides what models and other readers say of this case until the reader&apos;s first read is locked. This report contains nothing of either.</source>
        <translation>Verblindet: Das Protokoll verbirgt, was Modelle und andere Befunder über diesen Fall sagen, bis die erste Befundung des Befunders abgeschlossen ist. Dieser Bericht enthält nichts von beiden.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Case report</source>
        <translation>Fallbericht</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Case {0}</source>
        <translation>Fall {0}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Case {0}: {1}</source>
        <translation>Fall {0}: {1}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Cases</source>
        <translation>Fälle</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Certainty</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Conversion</source>
        <translation>Umwandlung</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Demo: a phantom drawn by this program, not an image of a patient.</source>
        <translation>Demo: ein von diesem Programm gezeichnetes Phantom, kein Bild eines Patienten.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Dual branch: a black box and a second head that localises</source>
        <translation>Zwei Zweige: eine Blackbox und ein zweiter Kopf, der lokalisiert</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Evidence against</source>
        <translation>Evidenz dagegen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Evidence for</source>
        <translation>Evidenz dafür</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Evidence for and against are the positive and the negative cells of the class&apos;s map, each divided by the number of cells: together they are the logit, and nothing else is.</source>
        <translation>Evidenz dafür und dagegen sind die positiven und die negativen Zellen der Karte der Klasse, jeweils geteilt durch die Zahl der Zellen: Zusammen sind sie der Logit, und nichts sonst.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Evidence inside the marks, for {0}</source>
        <translation>Evidenz innerhalb der Markierungen, für {0}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Further maps</source>
        <translation>Weitere Karten</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Grade</source>
        <translation>Grad</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Hit</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>How far the maps agree, for {0}</source>
        <translation>Wie weit die Karten übereinstimmen, für {0}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Identity</source>
        <translation>Identität</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Image with the marks of {0}</source>
        <translation>Bild mit den Markierungen von {0}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Intended use</source>
        <translation>Zweckbestimmung</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>IoU of top 10 %</source>
        <translation>IoU der obersten 10 %</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Locked</source>
        <translation>Abgeschlossen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Logit</source>
        <translation>Logit</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Made on</source>
        <translation>Erstellt am</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Map A</source>
        <translation>Karte A</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Map B</source>
        <translation>Karte B</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Marks</source>
        <translation>Markierungen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Marks of {0}</source>
        <translation>Markierungen von {0}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Measured against the marks of {0}, not those of {1} in the picture.</source>
        <translation>Gemessen an den Markierungen von {0}, nicht an denen von {1} im Bild.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Model id (SHA-256)</source>
        <translation>Modellkennung (SHA-256)</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Model: {0}</source>
        <translation>Modell: {0}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Neither shows that the model is right, nor that a marked place is the disease: colour outside the lesions, or none on them, is a reason to doubt the prediction and not a finding.</source>
        <translation>Keine von beiden zeigt, dass das Modell recht hat oder dass eine gefärbte Stelle die Krankheit ist: Farbe außerhalb der Läsionen, oder keine auf ihnen, ist ein Grund, an der Vorhersage zu zweifeln, und kein Befund.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>No open model suits this image: the report has no prediction and no maps.</source>
        <translation>Kein geöffnetes Modell passt zu diesem Bild: Der Bericht hat keine Vorhersage und keine Karten.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>No read of this case was recorded for {0}.</source>
        <translation>Für {0} ist keine Befundung dieses Falls aufgezeichnet.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Nothing speaks for {0}: no cell of its map is positive.</source>
        <translation>Nichts spricht für {0}: Keine Zelle seiner Karte ist positiv.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Numbers as in the table of marks.</source>
        <translation>Nummern wie in der Tabelle der Markierungen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>OCT B-scan</source>
        <translation>OCT-B-Scan</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Page {0} of {1}</source>
        <translation>Seite {0} von {1}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Patients&apos; names, numbers and dates are left out; so are the files&apos; names.</source>
        <translation>Namen, Nummern und Daten der Patienten sind weggelassen, ebenso die Dateinamen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Patients&apos; names, numbers and dates are left out; the files&apos; names are in.</source>
        <translation>Namen, Nummern und Daten der Patienten sind weggelassen; die Dateinamen sind enthalten.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Pixel spacing</source>
        <translation>Pixelabstand</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Pixel spacing is not known, so sizes are in image pixels: width × height of what encloses the mark, or the length measured.</source>
        <translation>Der Pixelabstand ist nicht bekannt, daher Größen in Bildpixeln: Breite × Höhe dessen, was die Markierung umschließt, oder die gemessene Länge.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Predicted class</source>
        <translation>Vorhergesagte Klasse</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Prediction</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Probability now</source>
        <translation>Wahrsch. jetzt</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Probability of {0}</source>
        <translation>Wahrscheinlichkeit von {0}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Rank correlation</source>
        <translation>Rangkorrelation</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Rank correlation (Spearman): do both maps order the places of the image alike, from −1 to 1. IoU of top 10 %: of the cells among the highest tenth of either map, the share that is so in both. Both at the coarser of the two grids.</source>
        <translation>Rangkorrelation (Spearman): Ordnen beide Karten die Orte des Bildes gleich, von −1 bis 1. IoU der obersten 10 %: der Anteil der Zellen im höchsten Zehntel der einen oder der anderen Karte, die es in beiden sind. Beides auf dem gröberen der beiden Raster.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Read</source>
        <translation>Befundung</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Reader</source>
        <translation>Befunder</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Reading</source>
        <translation>Befundung</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Research use only. Not for diagnosis.</source>
        <translation>Nur für Forschungszwecke. Nicht zur Diagnose.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Share of the evidence for</source>
        <translation>Anteil der Evidenz dafür</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Sizes are in millimetres, by the image&apos;s own pixel spacing: width × height of what encloses the mark, or the length measured.</source>
        <translation>Größen in Millimetern, nach dem eigenen Pixelabstand des Bildes: Breite × Höhe dessen, was die Markierung umschließt, oder die gemessene Länge.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>SoftCAM: its evidence map is its prediction</source>
        <translation>SoftCAM: Die Evidenzkarte ist die Vorhersage</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Software</source>
        <translation>Software</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>The protocol hides what models say of this case until the reader&apos;s first read is locked. This report contains nothing of it.</source>
        <translation>Das Protokoll verbirgt, was Modelle über diesen Fall sagen, bis die erste Befundung des Befunders abgeschlossen ist. Dieser Bericht enthält nichts davon.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>The {0} most probable of {1} classes.</source>
        <translation>Die {0} wahrscheinlichsten von {1} Klassen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>This case could not be reported</source>
        <translation>Über diesen Fall konnte nicht berichtet werden</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>This model has no evidence: nothing in it adds up to the logit, and maps are made afterwards.</source>
        <translation>Dieses Modell hat keine Evidenz: Nichts in ihm summiert sich zum Logit, und Karten entstehen erst nachträglich.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Training data</source>
        <translation>Trainingsdaten</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>What each model predicts</source>
        <translation>Was jedes Modell vorhersagt</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>What the maps can and cannot tell</source>
        <translation>Was die Karten sagen können und was nicht</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Where the probability is higher without the pixels, they held it down, or the cover itself looks to the model like a sign of the class; it says nothing of the evidence.</source>
        <translation>Wo die Wahrscheinlichkeit ohne die Pixel höher ist, haben sie diese gedrückt, oder die Abdeckung selbst sieht für das Modell wie ein Zeichen der Klasse aus; über die Evidenz sagt das nichts.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Without that evidence</source>
        <translation>Ohne diese Evidenz</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Without that evidence: the region&apos;s cells are taken from the map and the logits added up again; this is exact. Without those pixels: the region is painted in the mean colour and the model asked again.</source>
        <translation>Ohne diese Evidenz: Die Zellen der Region werden aus der Karte genommen und die Logits neu summiert; das ist exakt. Ohne diese Pixel: Die Region wird in der mittleren Farbe übermalt und das Modell erneut gefragt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>Without those pixels</source>
        <translation>Ohne diese Pixel</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>a.u.</source>
        <translation>w. E.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>after the reveal</source>
        <translation>nach dem Aufdecken</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>all marks together</source>
        <translation>alle Markierungen zusammen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>angle</source>
        <translation>Winkel</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>any reader (union)</source>
        <translation>irgendeinem Befunder (Vereinigung)</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>approximate: its logits may differ from the original&apos;s</source>
        <translation>angenähert: Die Logits können von denen des Originals abweichen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>blinded: models and other readers are hidden until the first read is locked</source>
        <translation>verblindet: Modelle und andere Befunder sind verborgen, bis die erste Befundung abgeschlossen ist</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>box</source>
        <translation>Rechteck</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>chest film</source>
        <translation>Thoraxaufnahme</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>definite</source>
        <translation>sicher</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>ellipse</source>
        <translation>Ellipse</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>exact</source>
        <translation>exakt</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>first read</source>
        <translation>erste Befundung</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>flagged</source>
        <translation>gekennzeichnet</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>freehand</source>
        <translation>Freihand</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>fundus photograph</source>
        <translation>Fundusfotografie</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>in progress</source>
        <translation>in Arbeit</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>is the evidence by construction</source>
        <translation>ist konstruktionsbedingt die Evidenz</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>is the prediction</source>
        <translation>ist die Vorhersage</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>is the score of a class not predicted</source>
        <translation>ist der Wert einer nicht vorhergesagten Klasse</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>localization branch, not the prediction</source>
        <translation>Lokalisationszweig, nicht die Vorhersage</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>logit</source>
        <translation>Logit</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>most readers (majority)</source>
        <translation>den meisten Befundern (Mehrheit)</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>none given</source>
        <translation>keine angegeben</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>not blind: the model was seen {0}</source>
        <translation>nicht blind: das Modell war am {0} zu sehen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>not known: sizes are in image pixels</source>
        <translation>nicht bekannt: Größen in Bildpixeln</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>not locked</source>
        <translation>nicht abgeschlossen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>not stated</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>open: nothing is hidden</source>
        <translation>offen: nichts ist verborgen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>phantom (drawn)</source>
        <translation>Phantom (gezeichnet)</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>point</source>
        <translation>Punkt</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>polygon</source>
        <translation>Polygon</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>possible</source>
        <translation>möglich</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>post-hoc approximation</source>
        <translation>Post-hoc-Näherung</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>probable</source>
        <translation>wahrscheinlich</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>read {0}</source>
        <translation>Befundung {0}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>spline</source>
        <translation>Spline</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>the adjudication</source>
        <translation>der Adjudikation</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>the image</source>
        <translation>das Bild</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>the study</source>
        <translation>der Studie</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>unread</source>
        <translation>ungelesen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>{0} % of the evidence for {1} lies inside the marks of {2}.</source>
        <translation>{0} % der Evidenz für {1} liegen innerhalb der Markierungen von {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>{0} for {1}</source>
        <translation>{0} für {1}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>{0} has marked nothing on this image.</source>
        <translation>{0} hat auf diesem Bild nichts markiert.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>{0} marked nothing on it.</source>
        <translation>{0} hat darauf nichts markiert.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>{0} min {1} s</source>
        <translation>{0} min {1} s</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>{0} predicts {1} with a probability of {2}.</source>
        <translation>{0} sagt {1} mit einer Wahrscheinlichkeit von {2} vorher.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>{0} × {1} mm (row × column)</source>
        <translation>{0} × {1} mm (Zeile × Spalte)</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>{0} × {1} px, {2}</source>
        <translation>{0} × {1} px, {2}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>{0} × {1} px, {2}, frame {3} of {4}</source>
        <translation>{0} × {1} px, {2}, Einzelbild {3} von {4}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>{0}; colours between fixed limits, the same for every case; zero is transparent.</source>
        <translation>{0}; Farben zwischen festen Grenzen, für jeden Fall dieselben; null ist durchsichtig.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/case_report/words.py"/>
        <source>{0}; no limit is known for this method, so the colours are full at the 99.5th percentile of this image alone.</source>
        <translation>{0}; für diese Methode ist keine Grenze bekannt, daher sind die Farben beim 99,5. Perzentil allein dieses Bildes voll.</translation>
    </message>
</context>
<context>
    <name>command_palette</name>
    <message>
        <location filename="../../app/command_palette/entries.py"/>
        <source>Case</source>
        <translation>Fall</translation>
    </message>
    <message>
        <location filename="../../app/command_palette/entries.py"/>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <location filename="../../app/command_palette/entries.py"/>
        <source>Go to case {0}</source>
        <translation>Zu Fall {0} gehen</translation>
    </message>
    <message>
        <location filename="../../app/command_palette/entries.py"/>
        <source>Layout</source>
        <translation>Aufbau</translation>
    </message>
    <message>
        <location filename="../../app/command_palette/entries.py"/>
        <source>Panel</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <location filename="../../app/command_palette/entries.py"/>
        <source>Show layout {0}</source>
        <translation>Anordnung {0} zeigen</translation>
    </message>
    <message>
        <location filename="../../app/command_palette/entries.py"/>
        <source>Show {0}</source>
        <translation>{0} zeigen</translation>
    </message>
    <message>
        <location filename="../../app/command_palette/entries.py"/>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <location filename="../../app/command_palette/entries.py"/>
        <source>Text size {0} %</source>
        <translation>Textgröße {0} %</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <location filename="../../softcam_core/annotations/later.py"/>
        <source>&quot;{0}&quot; cannot be {1}: {2} {3}.</source>
        <translation>„{0}“ kann nicht {1} sein: {2} {3}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/lesions.py"/>
        <source>A box of {0}, which is {1} x {2}, holds no pixel of it; boxes are in pixels of the image.</source>
        <translation>Eine Box von {0}, {1} x {2} groß, enthält kein Pixel davon; Boxen stehen in Pixeln des Bildes.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/voc.py"/>
        <source>A box {0} of {1} is left out: it has {2}.</source>
        <translation>Eine Box {0} von {1} ist ausgelassen: Sie hat {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/plates/save.py"/>
        <source>A figure cannot be written as {0}; choose {1}.</source>
        <translation>Eine Abbildung kann nicht als {0} geschrieben werden; wählen Sie {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/importing.py"/>
        <source>A grade is left out: it has {0}.</source>
        <translation>Ein Grad ist ausgelassen: Er hat {0}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/measure.py"/>
        <source>A map is constant or not finite.</source>
        <translation>Eine Karte ist konstant oder nicht endlich.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/stored.py"/>
        <source>A mark in the study is damaged ({0}); restore a backup copy of the study, or rescue what is left of it.</source>
        <translation>Eine Markierung in der Studie ist beschädigt ({0}); stellen Sie eine Sicherungskopie der Studie wieder her, oder retten Sie, was davon übrig ist.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/plan.py"/>
        <source>A sweep needs evidence to penalise, and Recipe is {0}; set it to softcam.</source>
        <translation>Ein Suchlauf braucht Evidenz, die er bestrafen kann, und das Rezept ist {0}; stellen Sie es auf softcam.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/assemble.py"/>
        <source>A test set of {0} per class is drawn by patient, seed {1}.</source>
        <translation>Ein Testsatz mit {0} je Klasse wird nach Patienten gezogen, Startwert {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/parts.py"/>
        <source>A {0} cannot be explained by this version.</source>
        <translation>Ein {0} lässt sich mit dieser Version nicht erklären.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/heads.py"/>
        <source>A {0} in the classifier cannot be applied to each cell; give a classifier of linear layers, activations, norms and dropout.</source>
        <translation>Ein {0} im Klassifikator lässt sich nicht auf jede Zelle anwenden; geben Sie einen Klassifikator aus linearen Schichten, Aktivierungen, Normierungen und Dropout an.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>AUC</source>
        <translation>AUC</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>AUDC</source>
        <translation>AUDC</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>AUIC</source>
        <translation>AUIC</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>About</source>
        <translation>Über das Modell</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>Activation consistency</source>
        <translation>Aktivierungskonsistenz</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>Activation precision</source>
        <translation>Aktivierungspräzision</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>Activation sensitivity</source>
        <translation>Aktivierungssensitivität</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/between.py"/>
        <source>Agreement takes two readers, or a reader and a model, and there is only {0}; let another reader read, or name a model.</source>
        <translation>Für die Übereinstimmung braucht es zwei Befunder oder einen Befunder und ein Modell, und es gibt nur {0}; lassen Sie einen weiteren befunden, oder nennen Sie ein Modell.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/coco_reading.py"/>
        <source>Annotation {0} is left out: it has {1}.</source>
        <translation>Annotation {0} ist ausgelassen: Sie hat {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/folder.py"/>
        <source>Another program is sweeping into {0}; wait for it.</source>
        <translation>Ein anderes Programm führt in {0} einen Suchlauf durch; warten Sie darauf.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/loop/folder.py"/>
        <source>Another program is training in {0}; wait for it.</source>
        <translation>Ein anderes Programm trainiert in {0}; warten Sie darauf.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/folder.py"/>
        <source>Another program is writing the evaluation in {0}; wait for it, or choose another folder.</source>
        <translation>Ein anderes Programm schreibt die Auswertung in {0}; warten Sie darauf, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Area under the ROC curve</source>
        <translation>Fläche unter der ROC-Kurve</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Augmentation</source>
        <translation>Augmentierung</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>Average drop</source>
        <translation>Mittlerer Abfall</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/runtime.py"/>
        <source>Batch normalisation needs more than one value per channel, and a batch of one image of {0} x {1} px leaves one; raise Batch or Input.</source>
        <translation>Batch-Normalisierung braucht mehr als einen Wert je Kanal, und ein Batch aus einem Bild mit {0} x {1} px lässt nur einen; erhöhen Sie Batch oder Eingang.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Began from</source>
        <translation>Begonnen mit</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Black box: predicts without evidence; maps are made afterwards</source>
        <translation>Blackbox: sagt ohne Evidenz vorher; Karten entstehen nachträglich</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>CAM</source>
        <translation>CAM</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/coco.py"/>
        <source>COCO has no ellipses, splines and points: other programs show these as polygons and no measurements at all; this program reads them back as they were drawn.</source>
        <translation>COCO kennt keine Ellipsen, Kurven und Punkte: Andere Programme zeigen sie als Polygone und Messungen gar nicht; dieses Programm liest sie zurück, wie sie gezeichnet wurden.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>CUB-200-2011 birds</source>
        <translation>CUB-200-2011-Vögel</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>Calibration error</source>
        <translation>Kalibrierungsfehler</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>Centre prior</source>
        <translation>Zentrum-Prior</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Checksum of its marks and grades</source>
        <translation>Prüfsumme seiner Markierungen und Grade</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Checksum of the table</source>
        <translation>Prüfsumme der Tabelle</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/labels.py"/>
        <source>Chest X-ray findings</source>
        <translation>Befunde im Thoraxröntgen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>Chest film phantoms</source>
        <translation>Thoraxphantome</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>Chest films of children</source>
        <translation>Thoraxaufnahmen von Kindern</translation>
    </message>
    <message>
        <location filename="../../softcam_core/plates/compose.py"/>
        <source>Choose a case to show.</source>
        <translation>Wählen Sie einen Fall, der gezeigt werden soll.</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/table.py"/>
        <source>Cohen&apos;s kappa</source>
        <translation>Cohens Kappa</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Colours are full at</source>
        <translation>Volle Farbe bei</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Computed on</source>
        <translation>Berechnet auf</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Conversion</source>
        <translation>Umwandlung</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Cross-entropy</source>
        <translation>Kreuzentropie</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/labels.py"/>
        <source>Diabetic retinopathy lesions</source>
        <translation>Läsionen der diabetischen Retinopathie</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/table.py"/>
        <source>Dice</source>
        <translation>Dice</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/table.py"/>
        <source>Dice, best threshold</source>
        <translation>Dice, beste Schwelle</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Divided by</source>
        <translation>Geteilt durch</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Dual branch: a black box and a second head that localises</source>
        <translation>Dual Branch: eine Blackbox und ein zweiter Kopf, der lokalisiert</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/loop/best.py"/>
        <source>Ended after epoch {0}: the validation {1} has not become better for {2}.</source>
        <translation>Beendet nach Epoche {0}: {1} der Validierung ist seit {2} nicht besser geworden.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Epoch that was kept</source>
        <translation>Behaltene Epoche</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>Evidence</source>
        <translation>Evidenz</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/lesions.py"/>
        <source>Evidence for an image&apos;s own class is positive nowhere any more: Weight of {0} is more than this model can follow; try a tenth of it.</source>
        <translation>Evidenz für die eigene Klasse eines Bildes ist nirgends mehr positiv: Ein Gewicht von {0} ist mehr, als dieses Modell befolgen kann; versuchen Sie ein Zehntel davon.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/geojson.py"/>
        <source>Feature {0} of {1} is left out: it has {2}.</source>
        <translation>Feature {0} von {1} ist ausgelassen: Es hat {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Features</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/loop/run.py"/>
        <source>Fetching the ImageNet weights of {0} from {1}.</source>
        <translation>Die ImageNet-Gewichte von {0} werden von {1} geholt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/reading.py"/>
        <source>First reads count, as they were when they were locked: {0} were followed by later ones, which do not count.</source>
        <translation>Es zählen die ersten Befundungen, so wie sie abgeschlossen wurden: Auf {0} folgten spätere, die nicht zählen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/table.py"/>
        <source>Fleiss&apos; kappa</source>
        <translation>Fleiss’ Kappa</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Format version</source>
        <translation>Formatversion</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>Fundus phantoms</source>
        <translation>Fundusphantome</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>GT-known localization</source>
        <translation>GT-known-Lokalisation</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/geojson.py"/>
        <source>GeoJSON has no ellipses, splines and pixel masks: other programs show these as polygons; this program reads them back as they were drawn.</source>
        <translation>GeoJSON kennt keine Ellipsen, Kurven und Pixelmasken: Andere Programme zeigen sie als Polygone; dieses Programm liest sie zurück, wie sie gezeichnet wurden.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>Grad-CAM</source>
        <translation>Grad-CAM</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>Grad-CAM++</source>
        <translation>Grad-CAM++</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>Guided backpropagation</source>
        <translation>Guided Backpropagation</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/table.py"/>
        <source>Hausdorff 95</source>
        <translation>Hausdorff 95</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/identical.py"/>
        <source>Identical by construction: </source>
        <translation>Konstruktionsbedingt identisch: </translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Identity, SHA-256</source>
        <translation>Identität, SHA-256</translation>
    </message>
    <message>
        <location filename="../../softcam_core/plates/compose.py"/>
        <source>Image {0} has no label: the predicted class is shown.</source>
        <translation>Bild {0} hat kein Label: Die vorhergesagte Klasse wird gezeigt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/coco_reading.py"/>
        <source>Image {0} of {1} has no file name.</source>
        <translation>Bild {0} von {1} hat keinen Dateinamen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>ImageNet weights</source>
        <translation>ImageNet-Gewichte</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Images per step</source>
        <translation>Bilder je Schritt</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>In the author&apos;s words</source>
        <translation>Mit den Worten des Autors</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>Inception v3</source>
        <translation>Inception v3</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>Inception v3-GAP</source>
        <translation>Inception v3-GAP</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>Increase in confidence</source>
        <translation>Konfidenzzuwachs</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Input</source>
        <translation>Eingang</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/start.py"/>
        <source>Input is {0}, and {1} needs at least {2} px.</source>
        <translation>Der Eingang ist {0}, und {1} braucht mindestens {2} px.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>Integrated gradients</source>
        <translation>Integrated Gradients</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>Intended use</source>
        <translation>Zweckbestimmung</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/table.py"/>
        <source>IoU</source>
        <translation>IoU</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/loop/run.py"/>
        <source>It ended by an error ({0}).</source>
        <translation>Es endete mit einem Fehler ({0}).</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/dicom_sr.py"/>
        <source>It holds marks on DICOM images only and cuts them at the image&apos;s edges; other programs see splines as polygons, masks as outlines, and places to 0.0003 pixels.</source>
        <translation>Nimmt nur Markierungen auf DICOM-Bildern auf und schneidet sie am Bildrand ab; andere Programme sehen Kurven als Polygone, Masken als Umrisse und Orte auf 0.0003 Pixel.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/dicom_seg.py"/>
        <source>It holds one pixel mask for each label of a DICOM image: no single shapes, lengths, angles, notes, certainties or grades, and nothing about images of other formats.</source>
        <translation>Nimmt eine Pixelmaske je Label eines DICOM-Bildes auf: keine einzelnen Formen, Längen, Winkel, Notizen, Sicherheiten oder Grade, und nichts zu Bildern anderer Formate.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>Kaggle DR</source>
        <translation>Kaggle DR</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/run.py"/>
        <source>Labels of {0} that are no class of {1}: {2}; its predictions are not judged there, and the predicted class is explained.</source>
        <translation>Labels von {0}, die keine Klasse von {1} sind: {2}; dort werden seine Vorhersagen nicht bewertet, und erklärt wird die vorhergesagte Klasse.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/run.py"/>
        <source>Labels of {0} that {1} knows by other names: {2}.</source>
        <translation>Labels von {0}, die {1} unter anderen Namen kennt: {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Largest logit difference, random input</source>
        <translation>Größter Logit-Unterschied, Zufallseingabe</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Largest logit difference, real images</source>
        <translation>Größter Logit-Unterschied, echte Bilder</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Lasso penalty</source>
        <translation>Lasso-Strafe</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/reading.py"/>
        <source>Last reads count: {0} first reads were followed by later ones, and count as these left them.</source>
        <translation>Es zählen die letzten Befundungen: Auf {0} erste folgten spätere; sie zählen so, wie diese sie hinterließen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>Layer-CAM</source>
        <translation>Layer-CAM</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/table.py"/>
        <source>Lesion F1</source>
        <translation>Läsions-F1</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/table.py"/>
        <source>Lesion precision</source>
        <translation>Läsionspräzision</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/table.py"/>
        <source>Lesion recall</source>
        <translation>Läsionssensitivität</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/labels.py"/>
        <source>Lesions of any kind</source>
        <translation>Läsionen jeder Art</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/study.py"/>
        <source>Lesions of {0} stand for no class; the table of lesions can name one.</source>
        <translation>Läsionen von {0} stehen für keine Klasse; die Tabelle der Läsionen kann eine nennen.</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>Limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Loss</source>
        <translation>Loss</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/importing.py"/>
        <source>Mark {0} is left out: it has {1}.</source>
        <translation>Markierung {0} ist ausgelassen: Sie hat {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>MaxBoxAcc</source>
        <translation>MaxBoxAcc</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>MaxBoxAccV2</source>
        <translation>MaxBoxAccV2</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>Mean IoU</source>
        <translation>Mittlere IoU</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Mean size of the evidence</source>
        <translation>Mittlere Größe der Evidenz</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Mean taken off</source>
        <translation>Abgezogener Mittelwert</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Momentum</source>
        <translation>Momentum</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/dual_branch.py"/>
        <source>Network is {0}, but the classifier {1} is a {2}; set Network to that.</source>
        <translation>Das Netz ist {0}, aber der Klassifikator {1} ist ein {2}; stellen Sie das Netz darauf.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/study.py"/>
        <source>No case of {0} has a class ({1} of {2}: {3}); read cases, or change Labels of, Class from, the table of grades, the table of lesions or No lesion.</source>
        <translation>Kein Fall von {0} hat eine Klasse ({1} von {2}: {3}); befunden Sie Fälle, oder ändern Sie „Labels von“, „Klasse aus“, die Tabelle der Grade, die der Läsionen oder „Keine Läsion“.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/plates/compose.py"/>
        <source>No chosen model has a class {0}; choose of {1}.</source>
        <translation>Kein gewähltes Modell hat eine Klasse {0}; wählen Sie aus {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/plates/compose.py"/>
        <source>No chosen model is for images of the kind {0}.</source>
        <translation>Kein gewähltes Modell ist für Bilder der Art {0}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/evidence.py"/>
        <source>No grade of {0} is a class of {1} ({2}), so that grades are not compared.</source>
        <translation>Kein Grad von {0} ist eine Klasse von {1} ({2}), daher werden Grade nicht verglichen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/notes.py"/>
        <source>No image has marks that can be read, so no map was compared with marks.</source>
        <translation>Kein Bild hat lesbare Markierungen, daher wurde keine Karte mit Markierungen verglichen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/folders.py"/>
        <source>No image of {0} lies in a folder of its class; put those of each class into a folder of its name, or give a table.</source>
        <translation>Kein Bild von {0} liegt in einem Ordner seiner Klasse; legen Sie die Bilder jeder Klasse in einen Ordner ihres Namens, oder geben Sie eine Tabelle an.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/summary.py"/>
        <source>No image of {0} was measured{1}</source>
        <translation>Kein Bild von {0} wurde gemessen{1}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/run.py"/>
        <source>No label of {0} is a class of {1}: its predictions are not judged, and the predicted class is explained.</source>
        <translation>Kein Label von {0} ist eine Klasse von {1}: Seine Vorhersagen werden nicht beurteilt, und die vorhergesagte Klasse wird erklärt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/subject.py"/>
        <source>No model can be explained by {0}: {1}</source>
        <translation>Kein Modell lässt sich mit {0} erklären: {1}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/run.py"/>
        <source>No model has a class {0}; choose from {1}.</source>
        <translation>Kein Modell hat eine Klasse {0}; wählen Sie aus {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/evidence.py"/>
        <source>No reader has read a case that suits the model; read one first.</source>
        <translation>Kein Befunder hat einen Fall befundet, der zum Modell passt; befunden Sie zuerst einen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/words.py"/>
        <source>No {0} can be chosen: the dense model failed ({1}).</source>
        <translation>Kein {0} lässt sich wählen: Das dichte Modell schlug fehl ({1}).</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/words.py"/>
        <source>No {0} can be compared: the {1} of the dense model is not defined on this validation set, so 0 is chosen.</source>
        <translation>Kein {0} lässt sich vergleichen: {1} des dichten Modells ist auf diesem Validierungssatz nicht definiert, daher wird 0 gewählt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/truth.py"/>
        <source>Nobody has marked anything in the study {0} yet; draw or grade first.</source>
        <translation>In der Studie {0} hat noch niemand etwas markiert; zeichnen oder gradieren Sie zuerst.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/between.py"/>
        <source>Nobody has read a case of this study; draw or grade first.</source>
        <translation>Noch niemand hat einen Fall dieser Studie befundet; zeichnen oder gradieren Sie zuerst.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/study.py"/>
        <source>Nobody who counts drew {0}, which the table of lesions names.</source>
        <translation>Niemand, der zählt, hat {0} gezeichnet, das die Tabelle der Läsionen nennt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/loop/images.py"/>
        <source>Not all decoded inputs could be kept in {0}; make room there, or the next run decodes them again.</source>
        <translation>Nicht alle dekodierten Eingaben ließen sich in {0} aufbewahren; schaffen Sie dort Platz, sonst dekodiert sie der nächste Lauf neu.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/record.py"/>
        <source>Not tested on other devices, sites or populations than those of its training data; evidence shows what the model used, which need not be a lesion.</source>
        <translation>Nicht auf anderen Geräten, an anderen Orten oder Populationen getestet als denen seiner Trainingsdaten; Evidenz zeigt, was das Modell verwendet hat, und das muss keine Läsion sein.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/rescue.py"/>
        <source>Nothing can be read of the study {0}; restore a backup copy.</source>
        <translation>Von der Studie {0} ist nichts lesbar; stellen Sie eine Sicherungskopie wieder her.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/rescue.py"/>
        <source>Nothing is left of the study {0}; restore a backup copy.</source>
        <translation>Von der Studie {0} ist nichts übrig; stellen Sie eine Sicherungskopie wieder her.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/located.py"/>
        <source>Nothing is marked in what the model sees.</source>
        <translation>Nichts ist in dem markiert, was das Modell sieht.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/located.py"/>
        <source>Nothing of the map is positive.</source>
        <translation>Nichts an der Karte ist positiv.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>OCT B-scans</source>
        <translation>OCT-B-Scans</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/labels.py"/>
        <source>OCT findings</source>
        <translation>OCT-Befunde</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>OCT phantoms</source>
        <translation>OCT-Phantome</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>Occlusion</source>
        <translation>Occlusion</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>Opti-CAM</source>
        <translation>Opti-CAM</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Option</source>
        <translation>Option</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/masks.py"/>
        <source>PNG masks</source>
        <translation>PNG-Masken</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/masks.py"/>
        <source>PNG masks hold the pixels of each label: no single shapes, no outlines between pixels, no measurements, grades, readers, certainties or notes.</source>
        <translation>PNG-Masken enthalten die Pixel jedes Labels: keine einzelnen Formen, keine Umrisse zwischen Pixeln, keine Messungen, Grade, Befunder, Sicherheiten oder Notizen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/voc.py"/>
        <source>Pascal VOC holds boxes in whole pixels with a label: no outlines, measurements, grades, readers, certainties or notes.</source>
        <translation>Pascal VOC enthält Boxen in ganzen Pixeln mit einem Label: keine Umrisse, Messungen, Grade, Befunder, Sicherheiten oder Notizen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Penalty on the evidence</source>
        <translation>Strafe auf die Evidenz</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>Pointing game</source>
        <translation>Pointing Game</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Precision, bits</source>
        <translation>Genauigkeit, Bits</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>PxAP</source>
        <translation>PxAP</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>Quadratic kappa</source>
        <translation>Quadratisches Kappa</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>RSNA chest films</source>
        <translation>RSNA-Thoraxaufnahmen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/rsna.py"/>
        <source>RSNA pneumonia CSV</source>
        <translation>RSNA-Pneumonie-CSV</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>Random map</source>
        <translation>Zufallskarte</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>Randomized weights</source>
        <translation>Zufällige Gewichte</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Record</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>ResNet-18</source>
        <translation>ResNet-18</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>ResNet-50</source>
        <translation>ResNet-50</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>ResNet-50 of finer cells</source>
        <translation>ResNet-50 mit feineren Zellen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/record.py"/>
        <source>Research use only: not a medical device, and not for the diagnosis or treatment of patients.</source>
        <translation>Nur für Forschungszwecke: kein Medizinprodukt und nicht zur Diagnose oder Behandlung von Patienten.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/loop/kept.py"/>
        <source>Resuming after epoch {0} of {1}.</source>
        <translation>Fortgesetzt nach Epoche {0} von {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/loop/kept.py"/>
        <source>Resuming in epoch {0} of {1}, after {2} of {3} steps.</source>
        <translation>Fortgesetzt in Epoche {0} von {1}, nach {2} von {3} Schritten.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>Retinal OCT</source>
        <translation>Netzhaut-OCT</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Ridge penalty</source>
        <translation>Ridge-Strafe</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/rsna.py"/>
        <source>Row {0} of {1} has {2} columns in place of {3}; mend it, then try again.</source>
        <translation>Zeile {0} von {1} hat {2} Spalten statt {3}; berichtigen Sie sie und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/rsna.py"/>
        <source>Row {0} of {1} is left out: it has {2}.</source>
        <translation>Zeile {0} von {1} ist ausgelassen: Sie hat {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/rsna.py"/>
        <source>Row {0} of {1} is not CSV ({2}); mend it, then try again.</source>
        <translation>Zeile {0} von {1} ist kein CSV ({2}); berichtigen Sie sie und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/table.py"/>
        <source>Same grade</source>
        <translation>Gleicher Grad</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>Score-CAM</source>
        <translation>Score-CAM</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>Sensitivity</source>
        <translation>Sensitivität</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/truth.py"/>
        <source>Several readers marked the study {0}: {1}; choose one of them, {2} or {3}.</source>
        <translation>Mehrere Befunder haben die Studie {0} markiert: {1}; wählen Sie einen davon, {2} oder {3}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/labelme.py"/>
        <source>Shape {0} of {1} is left out: it has {2}.</source>
        <translation>Form {0} von {1} ist ausgelassen: Sie hat {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Share of cells with evidence for the class</source>
        <translation>Anteil der Zellen mit Evidenz für die Klasse</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>Similarity after randomization</source>
        <translation>Ähnlichkeit nach Randomisierung</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Smallest learning rate</source>
        <translation>Kleinste Lernrate</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>SmoothGrad</source>
        <translation>SmoothGrad</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>SoftCAM</source>
        <translation>SoftCAM</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>SoftCAM: its evidence map is its prediction</source>
        <translation>SoftCAM: Seine Evidenzkarte ist seine Vorhersage</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Software</source>
        <translation>Software</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>Specificity</source>
        <translation>Spezifität</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>SqueezeNet 1.0</source>
        <translation>SqueezeNet 1.0</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>SqueezeNet head with its last ReLU: evidence is never negative</source>
        <translation>SqueezeNet-Kopf mit letztem ReLU: Evidenz ist nie negativ</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>SqueezeNet head without its last ReLU: signed evidence</source>
        <translation>SqueezeNet-Kopf ohne letztes ReLU: Evidenz mit Vorzeichen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/start.py"/>
        <source>The ImageNet weights cannot be fetched from {0} (no connection?); connect, or set Start from to a local file.</source>
        <translation>Die ImageNet-Gewichte lassen sich nicht von {0} holen (keine Verbindung?); stellen Sie eine Verbindung her, oder wählen Sie unter „Start mit“ eine Datei.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/rsna.py"/>
        <source>The RSNA CSV holds boxes alone: no labels, outlines, measurements, grades, readers, certainties or notes.</source>
        <translation>Das RSNA-CSV enthält nur Boxen: keine Labels, Umrisse, Messungen, Grade, Befunder, Sicherheiten oder Notizen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/build.py"/>
        <source>The architecture {0} has no option {1}; leave it out.</source>
        <translation>Die Architektur {0} hat keine Option {1}; lassen Sie sie weg.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/build.py"/>
        <source>The architecture {0} takes images of {1} x {2} pixels only, not {3} x {4}; set the input size to {5}.</source>
        <translation>Die Architektur {0} nimmt nur Bilder mit {1} x {2} Pixeln, nicht {3} x {4}; stellen Sie die Eingangsgröße auf {5}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/audit.py"/>
        <source>The audit log cannot be written as {0} ({1}); choose another place.</source>
        <translation>Das Audit-Protokoll kann nicht als {0} geschrieben werden ({1}); wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/backups.py"/>
        <source>The backup {0} cannot be put in the place of {1} ({2}); close the study everywhere, see that its folder can be written to and has room, then try again.</source>
        <translation>Die Sicherung {0} lässt sich nicht an die Stelle von {1} setzen ({2}); schließen Sie die Studie überall, sorgen Sie dafür, dass ihr Ordner beschreibbar ist und Platz hat, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/backups.py"/>
        <source>The backup {0} is itself damaged; {1} was left as it is: choose another backup.</source>
        <translation>Die Sicherung {0} ist selbst beschädigt; {1} blieb, wie es ist: Wählen Sie eine andere Sicherung.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/rsna.py"/>
        <source>The boxes of {0} are not read: it holds one of each of its {1} films, where {2} holds all.</source>
        <translation>Die Boxen von {0} werden nicht gelesen: Es enthält eine für jede seiner {1} Aufnahmen, wo {2} alle enthält.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/lesions.py"/>
        <source>The boxes of {0} cannot be read; write [[x0, y0, x1, y1], ...] in image pixels.</source>
        <translation>Die Boxen von {0} sind nicht lesbar; schreiben Sie [[x0, y0, x1, y1], ...] in Bildpixeln.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/rsna.py"/>
        <source>The boxes of {0} without a readable file are in pixels of {1} x {2}.</source>
        <translation>Die Boxen von {0} ohne lesbare Datei stehen in Pixeln von {1} x {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/wsol.py"/>
        <source>The boxes of {0} without a readable file are in pixels of {1}.</source>
        <translation>Die Boxen von {0} ohne lesbare Datei stehen in Pixeln von {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/feature_maps.py"/>
        <source>The branch &apos;sigmoid&apos; needs a dual-branch model; leave the branch out for this one.</source>
        <translation>Der Zweig &apos;sigmoid&apos; braucht ein Dual-Branch-Modell; lassen Sie den Zweig hier weg.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/checkpoint.py"/>
        <source>The checkpoint {0} is damaged; train anew.</source>
        <translation>Der Zwischenstand {0} ist beschädigt; trainieren Sie neu.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/checkpoint.py"/>
        <source>The checkpoint {0} is of a newer version; update SoftCAM Viewer.</source>
        <translation>Der Zwischenstand {0} stammt von einer neueren Version; aktualisieren Sie SoftCAM Viewer.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/checkpoint.py"/>
        <source>The checkpoint {0} is of an older version, which cannot be gone on with exactly; train anew.</source>
        <translation>Der Zwischenstand {0} stammt von einer älteren Version und lässt sich nicht exakt fortsetzen; trainieren Sie neu.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/build.py"/>
        <source>The classes need distinct names in a list, not {0}.</source>
        <translation>Die Klassen brauchen verschiedene Namen in einer Liste, nicht {0}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/readings.py"/>
        <source>The classes of {0} are {1}.</source>
        <translation>Klassen aus {0}: {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/convert.py"/>
        <source>The classifier does not fit {0}: expected shape {1} for {2}, found {3} {4}; name the architecture that it has.</source>
        <translation>Der Klassifikator passt nicht zu {0}: erwartet war die Form {1} für {2}, gefunden {3} {4}; nennen Sie die Architektur, die er hat.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/convert.py"/>
        <source>The classifier does not fit {0}: its {1} has no {2} of {3} numbers; name the architecture that it has.</source>
        <translation>Der Klassifikator passt nicht zu {0}: Sein {1} hat kein {2} mit {3} Zahlen; nennen Sie die Architektur, die er hat.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/convert.py"/>
        <source>The classifier has {0} outputs, but {1} classes are named.</source>
        <translation>Der Klassifikator hat {0} Ausgänge, aber {1} Klassen sind genannt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/convert.py"/>
        <source>The classifier has {0}.</source>
        <translation>Der Klassifikator hat {0}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/config/reading.py"/>
        <source>The configuration {0} cannot be read: {1}.</source>
        <translation>Die Konfiguration {0} ist nicht lesbar: {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/backups.py"/>
        <source>The daily backup of the study {0} cannot be written to {1} ({2}); make room there, or make that folder writable.</source>
        <translation>Die tägliche Sicherung der Studie {0} kann nicht nach {1} geschrieben werden ({2}); schaffen Sie dort Platz, oder machen Sie den Ordner beschreibbar.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/demo/write.py"/>
        <source>The demo study cannot be written to {0} ({1}); choose another folder.</source>
        <translation>Die Demostudie kann nicht nach {0} geschrieben werden ({1}); wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/device.py"/>
        <source>The device {0} is not known; choose auto, cpu, cuda or cuda:N.</source>
        <translation>Das Gerät {0} ist nicht bekannt; wählen Sie auto, cpu, cuda oder cuda:N.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/device.py"/>
        <source>The device {0} is not there: this machine has cuda:0 to cuda:{1}.</source>
        <translation>Das Gerät {0} gibt es nicht: Dieser Rechner hat cuda:0 bis cuda:{1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/files.py"/>
        <source>The disk of the study {0} is full; free some space, then try again.</source>
        <translation>Der Datenträger der Studie {0} ist voll; schaffen Sie Platz, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/publishing.py"/>
        <source>The export failed ({0}) and could not be undone in full; {1}.</source>
        <translation>Der Export schlug fehl ({0}) und ließ sich nicht ganz rückgängig machen; {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/exporting.py"/>
        <source>The export to {0} failed ({1}) and nothing was written; free space or choose another folder.</source>
        <translation>Der Export nach {0} schlug fehl ({1}), und nichts wurde geschrieben; schaffen Sie Platz, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/publishing.py"/>
        <source>The export would replace {0}, which belongs to a study; nothing was written; choose another folder.</source>
        <translation>Der Export würde {0} ersetzen, das zu einer Studie gehört; nichts wurde geschrieben; wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/publishing.py"/>
        <source>The export would replace {0}, which is an image of the study; nothing was written; choose another folder.</source>
        <translation>Der Export würde {0} ersetzen, ein Bild der Studie; nichts wurde geschrieben; wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/plates/layout.py"/>
        <source>The figure would be {0} mm high, and {1} mm is the most; choose fewer cases.</source>
        <translation>Die Abbildung würde {0} mm hoch, und {1} mm sind das Höchste; wählen Sie weniger Fälle.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/plates/layout.py"/>
        <source>The figure would have {0} million dots, and {1} million are the most; choose fewer dots per inch, or a smaller width.</source>
        <translation>Die Abbildung hätte {0} Millionen Punkte, und {1} Millionen sind das Höchste; wählen Sie weniger Punkte je Zoll oder eine kleinere Breite.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/report/write.py"/>
        <source>The file {0} cannot be written ({1}); choose another folder.</source>
        <translation>Die Datei {0} kann nicht geschrieben werden ({1}); wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/header.py"/>
        <source>The file {0} holds weights but no SoftCAM model; {1}.</source>
        <translation>Die Datei {0} enthält Gewichte, aber kein SoftCAM-Modell; {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/header.py"/>
        <source>The file {0} is a PyTorch checkpoint, not a SoftCAM model; {1}.</source>
        <translation>Die Datei {0} ist ein PyTorch-Checkpoint, kein SoftCAM-Modell; {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/files.py"/>
        <source>The file {0} is a database of another program and was left as it is; choose a .softcam file.</source>
        <translation>Die Datei {0} ist die Datenbank eines anderen Programms und blieb, wie sie ist; wählen Sie eine .softcam-Datei.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/header.py"/>
        <source>The file {0} is not a SoftCAM model (no safetensors header); choose a .safetensors file that this program saved.</source>
        <translation>Die Datei {0} ist kein SoftCAM-Modell (kein safetensors-Kopf); wählen Sie eine .safetensors-Datei, die dieses Programm gespeichert hat.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/database.py"/>
        <source>The folder of the study {0} does not exist; make it, or choose another place.</source>
        <translation>Den Ordner der Studie {0} gibt es nicht; legen Sie ihn an, oder wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/rescue.py"/>
        <source>The folder of {0} does not exist; choose another place.</source>
        <translation>Den Ordner von {0} gibt es nicht; wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/loop/folder.py"/>
        <source>The folder {0} already holds a run.</source>
        <translation>Der Ordner {0} enthält schon einen Lauf.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/folder.py"/>
        <source>The folder {0} already holds a sweep.</source>
        <translation>Der Ordner {0} enthält schon einen Suchlauf.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/images.py"/>
        <source>The folder {0} cannot be read: {1}.</source>
        <translation>Der Ordner {0} ist nicht lesbar: {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/folders.py"/>
        <source>The folder {0} does not exist; check the table.</source>
        <translation>Den Ordner {0} gibt es nicht; prüfen Sie die Tabelle.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/location.py"/>
        <source>The folder {0} for studies cannot be made ({1}); set SOFTCAM_DATA_DIR to a folder that can be written to.</source>
        <translation>Der Ordner {0} für Studien kann nicht angelegt werden ({1}); setzen Sie SOFTCAM_DATA_DIR auf einen beschreibbaren Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/loop/folder.py"/>
        <source>The folder {0} holds a file {1}, which a run writes too; train anew.</source>
        <translation>Der Ordner {0} enthält eine Datei {1}, die auch ein Lauf schreibt; trainieren Sie neu.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/loop/folder.py"/>
        <source>The folder {0} holds a run without its checkpoint {1}, which it would have to go on from; put that back, or train anew.</source>
        <translation>Der Ordner {0} enthält einen Lauf ohne seinen Zwischenstand {1}, von dem er fortfahren müsste; legen Sie ihn zurück, oder trainieren Sie neu.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/folder.py"/>
        <source>The folder {0} holds a training run; train anew.</source>
        <translation>Der Ordner {0} enthält einen Trainingslauf; trainieren Sie neu.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/run.py"/>
        <source>The folder {0} holds another evaluation by now; choose another folder.</source>
        <translation>Der Ordner {0} enthält inzwischen eine andere Auswertung; wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/folders.py"/>
        <source>The folder {0} holds no images; choose another folder.</source>
        <translation>Der Ordner {0} enthält keine Bilder; wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/records.py"/>
        <source>The folder {0} holds no sweep.</source>
        <translation>Der Ordner {0} enthält keinen Suchlauf.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/reading.py"/>
        <source>The folder {0} holds no {1} files; choose another one.</source>
        <translation>Der Ordner {0} enthält keine {1}-Dateien; wählen Sie einen anderen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/demo/write.py"/>
        <source>The folder {0} holds other files ({1}); choose an empty folder for the demo study.</source>
        <translation>Der Ordner {0} enthält andere Dateien ({1}); wählen Sie einen leeren Ordner für die Demostudie.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/folder.py"/>
        <source>The folder {0} holds {1} of no evaluation that it knows of; choose an empty folder.</source>
        <translation>Der Ordner {0} enthält {1} von keiner Auswertung, die er kennt; wählen Sie einen leeren Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/reading.py"/>
        <source>The folder {0} holds {1} {2} files; choose one of them.</source>
        <translation>Der Ordner {0} enthält {1} {2}-Dateien; wählen Sie eine davon.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/add_head.py"/>
        <source>The head of this {0} is not the standard head of {1} (no weights for {2}); convert or train a black box first.</source>
        <translation>Der Kopf dieses {0} ist nicht der übliche Kopf von {1} (keine Gewichte für {2}); wandeln Sie es um, oder trainieren Sie zuerst eine Blackbox.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/build.py"/>
        <source>The head {0} is not known; choose from {1}.</source>
        <translation>Der Kopf {0} ist nicht bekannt; wählen Sie aus {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/header.py"/>
        <source>The header of the model {0} is damaged; copy it again.</source>
        <translation>Der Dateikopf des Modells {0} ist beschädigt; kopieren Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/faithful.py"/>
        <source>The image has fewer patches than k, so that the curve holds its last value.</source>
        <translation>Das Bild hat weniger Felder als k, daher behält die Kurve ihren letzten Wert.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/plates/compose.py"/>
        <source>The image has no label: the predicted class is shown.</source>
        <translation>Das Bild hat kein Label: Die vorhergesagte Klasse wird gezeigt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/evidence.py"/>
        <source>The image is {0} x {1} pixels now and was {2} x {3} when it was marked; put the old file back.</source>
        <translation>Das Bild hat jetzt {0} x {1} Pixel und hatte {2} x {3}, als es markiert wurde; legen Sie die alte Datei zurück.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/checkpoint.py"/>
        <source>The images or their lesions are not to the bit those that the run began with, so that its numbers are not those of an unbroken run.</source>
        <translation>Die Bilder oder ihre Läsionen sind nicht bitgenau die, mit denen der Lauf begann; seine Zahlen sind daher nicht die eines ununterbrochenen Laufs.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/from_checkpoint.py"/>
        <source>The input of {0} x {1} pixels is too small for {2}, which needs at least {3}; give a larger input size.</source>
        <translation>Der Eingang mit {0} x {1} Pixeln ist zu klein für {2}, das mindestens {3} braucht; wählen Sie einen größeren Eingang.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/dual_branch.py"/>
        <source>The inputs are those of the frozen classifier: {0} x {1} px, {2}, its own normalisation.</source>
        <translation>Die Eingaben sind die des unveränderten Klassifikators: {0} x {1} px, {2}, seine eigene Normierung.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/measure.py"/>
        <source>The label {0} is no class of the model.</source>
        <translation>Das Label {0} ist keine Klasse des Modells.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/words.py"/>
        <source>The largest lambda for which validation accuracy and {0} (at the epoch of the best accuracy{1}) both stay within {2} of the dense model (l1 = l2 = 0) of the same architecture; 0 if there is none.</source>
        <translation>Das größte Lambda, bei dem Validierungsgenauigkeit und {0} (in der Epoche der besten Genauigkeit{1}) beide höchstens {2} unter dem dichten Modell (l1 = l2 = 0) derselben Architektur bleiben; 0, wenn es keines gibt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/files.py"/>
        <source>The last edits of the study {0} lie in the file {1}-wal beside it, which cannot be read in a folder without the right to write; copy both files to a folder of yours and open the copy.</source>
        <translation>Die letzten Änderungen der Studie {0} liegen in der Datei {1}-wal daneben, die in einem Ordner ohne Schreibrecht nicht lesbar ist; kopieren Sie beide Dateien in einen eigenen Ordner und öffnen Sie die Kopie.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/data.py"/>
        <source>The lesion mask of {0} is {1} x {2} px, the image {3} x {4}; give a mask of the image&apos;s size.</source>
        <translation>Die Läsionsmaske von {0} hat {1} x {2} px, das Bild {3} x {4}; geben Sie eine Maske in der Größe des Bildes an.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/loop/kept.py"/>
        <source>The loss is not a number any more in epoch {0}; lower Rate, or set Precision to 32.</source>
        <translation>Der Loss ist in Epoche {0} keine Zahl mehr; senken Sie die Rate, oder stellen Sie die Genauigkeit auf 32.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/faithful.py"/>
        <source>The map holds NaN or infinity.</source>
        <translation>Die Karte enthält NaN oder unendlich.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/located.py"/>
        <source>The map is constant.</source>
        <translation>Die Karte ist konstant.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/lesions.py"/>
        <source>The mask {0} is {1} x {2} pixels and the image {3} {4} x {5}; give a mask of the image&apos;s size.</source>
        <translation>Die Maske {0} hat {1} x {2} Pixel und das Bild {3} {4} x {5}; geben Sie eine Maske in der Größe des Bildes an.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/runtime.py"/>
        <source>The memory is full while the images are read; set the memory for images below {0}, or lower Input.</source>
        <translation>Der Speicher ist beim Lesen der Bilder voll; stellen Sie den Speicher für Bilder unter {0}, oder verkleinern Sie den Eingang.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/feature_maps.py"/>
        <source>The method &apos;cam&apos; needs a single linear layer after average pooling, which this model does not have; choose gradcam.</source>
        <translation>Die Methode „cam“ braucht eine einzelne lineare Schicht nach der Mittelung, die dieses Modell nicht hat; wählen Sie gradcam.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/feature_maps.py"/>
        <source>The method &apos;evidence&apos; needs a SoftCAM model, and this one is a black box; choose gradcam, or convert the model first.</source>
        <translation>Die Methode „evidence“ braucht ein SoftCAM-Modell, und dieses ist eine Blackbox; wählen Sie gradcam, oder wandeln Sie das Modell zuerst um.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/pixels/guided.py"/>
        <source>The method &apos;guided_backprop&apos; cannot reach the ReLUs of a scripted or compiled network; give the network as it was before that, or choose integrated_gradients or smoothgrad.</source>
        <translation>Die Methode „guided_backprop“ erreicht die ReLUs eines geskripteten oder kompilierten Netzes nicht; geben Sie das Netz an, wie es davor war, oder wählen Sie integrated_gradients oder smoothgrad.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/pixels/guided.py"/>
        <source>The method &apos;guided_backprop&apos; needs ReLU activations, which this model does not have; choose integrated_gradients or smoothgrad.</source>
        <translation>Die Methode „guided_backprop“ braucht ReLU-Aktivierungen, die dieses Modell nicht hat; wählen Sie integrated_gradients oder smoothgrad.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/numerics.py"/>
        <source>The method {0} has no deterministic algorithm for this model on {1}; leave determinism off, or compute on the CPU.</source>
        <translation>Die Methode {0} hat für dieses Modell auf {1} keinen deterministischen Algorithmus; verzichten Sie darauf, oder rechnen Sie auf der CPU.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>The method {0} is not available; choose from {1}.</source>
        <translation>Die Methode {0} gibt es nicht; wählen Sie aus {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/attribution.py"/>
        <source>The method {0} needs more of the model than its logits, which the engine {1} does not give; choose torch.</source>
        <translation>Die Methode {0} braucht mehr vom Modell als seine Logits, was die Engine {1} nicht gibt; wählen Sie torch.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/attribution.py"/>
        <source>The method {0} takes no layer; leave it out, or choose {1}.</source>
        <translation>Die Methode {0} nimmt keine Schicht; lassen Sie sie weg, oder wählen Sie {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>The metric {0} is not available; choose from {1}.</source>
        <translation>Die Metrik {0} gibt es nicht; wählen Sie aus {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/checkpoint.py"/>
        <source>The model cannot be written to {0} ({1}); choose another folder.</source>
        <translation>Das Modell kann nicht nach {0} geschrieben werden ({1}); wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/add_head.py"/>
        <source>The model has a second head already; give the classifier that it was made of.</source>
        <translation>Das Modell hat schon einen zweiten Kopf; geben Sie den Klassifikator an, aus dem es entstand.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/spec.py"/>
        <source>The model has an unknown head {0}; update SoftCAM Viewer.</source>
        <translation>Das Modell hat einen unbekannten Kopf {0}; aktualisieren Sie SoftCAM Viewer.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/migrate.py"/>
        <source>The model has format version {0}, this program reads up to {1}; update SoftCAM Viewer.</source>
        <translation>Das Modell hat die Formatversion {0}, dieses Programm liest bis {1}; aktualisieren Sie SoftCAM Viewer.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/evidence.py"/>
        <source>The model has no class {0}; it has {1}.</source>
        <translation>Das Modell hat keine Klasse {0}; es hat {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/build.py"/>
        <source>The model is a {0}, which needs no network of your own; leave network out.</source>
        <translation>Das Modell ist ein {0}, das kein eigenes Netz braucht; lassen Sie network weg.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/spec.py"/>
        <source>The model names a class twice ({0}); save it again with distinct names.</source>
        <translation>Das Modell nennt eine Klasse zweimal ({0}); speichern Sie es mit verschiedenen Namen neu.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/options.py"/>
        <source>The model option dropout cannot be {0}; give a number in [0, 1).</source>
        <translation>Die Modelloption dropout kann nicht {0} sein; geben Sie eine Zahl in [0, 1) an.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/options.py"/>
        <source>The model option image_size cannot be {0}; give the side in pixels.</source>
        <translation>Die Modelloption image_size kann nicht {0} sein; geben Sie die Seitenlänge in Pixeln an.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/options.py"/>
        <source>The model option {0} cannot be {1}; choose from {2}.</source>
        <translation>Die Modelloption {0} kann nicht {1} sein; wählen Sie aus {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/options.py"/>
        <source>The model option {0} is not known; choose from {1}.</source>
        <translation>Die Modelloption {0} ist nicht bekannt; wählen Sie aus {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/engines/outputs.py"/>
        <source>The model returned a {0}{1}, expected logits (images, classes); give a classifier.</source>
        <translation>Das Modell gab {0}{1} zurück, erwartet waren Logits (Bilder, Klassen); geben Sie einen Klassifikator an.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/header.py"/>
        <source>The model {0} does not exist; check the path.</source>
        <translation>Das Modell {0} gibt es nicht; prüfen Sie den Pfad.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/checkpoint.py"/>
        <source>The model {0} has the architecture {1}, which this version does not know; update SoftCAM Viewer.</source>
        <translation>Das Modell {0} hat die Architektur {1}, die diese Version nicht kennt; aktualisieren Sie SoftCAM Viewer.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/checkpoint.py"/>
        <source>The model {0} holds tensor {1} as {2}, expected {3}; save the model again without quantisation.</source>
        <translation>Das Modell {0} enthält den Tensor {1} als {2}, erwartet war {3}; speichern Sie das Modell ohne Quantisierung neu.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/checkpoint.py"/>
        <source>The model {0} holds weights that are no finite numbers (tensor {1}); train or copy it again.</source>
        <translation>Das Modell {0} enthält Gewichte, die keine endlichen Zahlen sind (Tensor {1}); trainieren oder kopieren Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/header.py"/>
        <source>The model {0} is a folder; choose a .safetensors file in it.</source>
        <translation>Das Modell {0} ist ein Ordner; wählen Sie eine .safetensors-Datei darin.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/checkpoint.py"/>
        <source>The model {0} is damaged ({1}); copy it again.</source>
        <translation>Das Modell {0} ist beschädigt ({1}); kopieren Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/header.py"/>
        <source>The model {0} is truncated ({1} of {2} bytes); copy it again.</source>
        <translation>Das Modell {0} ist abgeschnitten ({1} von {2} Bytes); kopieren Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/migrate.py"/>
        <source>The model&apos;s description is damaged; save the model again.</source>
        <translation>Die Beschreibung des Modells ist beschädigt; speichern Sie das Modell neu.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/spec.py"/>
        <source>The model&apos;s description is incomplete or has values that cannot be; save the model again.</source>
        <translation>Die Beschreibung des Modells ist unvollständig oder hat unmögliche Werte; speichern Sie das Modell neu.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/predict.py"/>
        <source>The model&apos;s logits for this image are no finite numbers, so that it predicts nothing; check the image&apos;s pixels, the model&apos;s weights and the precision.</source>
        <translation>Die Logits des Modells für dieses Bild sind keine endlichen Zahlen, sodass es nichts vorhersagt; prüfen Sie die Pixel des Bildes, die Gewichte des Modells und die Genauigkeit.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/runs.py"/>
        <source>The numbers {0} cannot be read; train again.</source>
        <translation>Die Zahlen {0} sind nicht lesbar; trainieren Sie noch einmal.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/from_checkpoint.py"/>
        <source>The original {0} takes {1} x {2} pixels only, so nothing can be measured at {3} x {4}; leave out the images, or the input size.</source>
        <translation>Das Original {0} nimmt nur {1} x {2} Pixel, daher lässt sich bei {3} x {4} nichts messen; lassen Sie die Bilder oder die Eingangsgröße weg.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/dual_branch.py"/>
        <source>The poster gives a base learning rate for VGG alone (0.003); Rate = {0} is not verified for {1}.</source>
        <translation>Das Poster nennt eine Grundlernrate nur für VGG (0.003); Rate = {0} ist für {1} nicht bestätigt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/numerics.py"/>
        <source>The precision {0} is not available for this model on {1}; choose 32.</source>
        <translation>Die Genauigkeit {0} gibt es für dieses Modell auf {1} nicht; wählen Sie 32.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/engines/eager.py"/>
        <source>The precision {0} is not available on {1} in this PyTorch; choose another one.</source>
        <translation>Die Genauigkeit {0} gibt es auf {1} in diesem PyTorch nicht; wählen Sie eine andere.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/engines/names.py"/>
        <source>The precision {0} is not known; choose from {1}.</source>
        <translation>Die Genauigkeit {0} ist nicht bekannt; wählen Sie aus {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/numerics.py"/>
        <source>The precision {0} needs a model in float32, and this one is in {1}; choose 32.</source>
        <translation>Die Genauigkeit {0} braucht ein Modell in float32, und dieses ist in {1}; wählen Sie 32.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/locks.py"/>
        <source>The read of {0} by {1} is locked; begin another read to change it.</source>
        <translation>Die Befundung von {0} durch {1} ist abgeschlossen; beginnen Sie eine weitere, um sie zu ändern.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/protocol.py"/>
        <source>The reading protocol of the study {0} is not known here ({1}); choose another one, or update the program.</source>
        <translation>Das Befundungsprotokoll der Studie {0} ist hier nicht bekannt ({1}); wählen Sie ein anderes, oder aktualisieren Sie das Programm.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/runtime.py"/>
        <source>The run folder {0} cannot be written ({1}); make room and press Resume.</source>
        <translation>Der Ordner des Laufs {0} kann nicht geschrieben werden ({1}); schaffen Sie Platz und drücken Sie „Fortsetzen“.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/loop/kept.py"/>
        <source>The run in {0} is finished; there is nothing to resume.</source>
        <translation>Der Lauf in {0} ist beendet; es gibt nichts fortzusetzen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/runs.py"/>
        <source>The run {0} cannot be removed whole: {1}.</source>
        <translation>Der Lauf {0} lässt sich nicht ganz entfernen: {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/runs.py"/>
        <source>The run {0} is being trained now; pause it first.</source>
        <translation>Der Lauf {0} wird gerade trainiert; halten Sie ihn zuerst an.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/plan.py"/>
        <source>The seed is a whole number from 0 to 4294967295.</source>
        <translation>Der Startwert ist eine ganze Zahl von 0 bis 4294967295.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/shift.py"/>
        <source>The shift needs one linear layer after average pooling, which {0} does not have.</source>
        <translation>Die Verschiebung braucht eine lineare Schicht nach der Mittelung, die {0} nicht hat.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/yolo.py"/>
        <source>The size of the image of {0} is not known.</source>
        <translation>Die Größe des Bildes von {0} ist nicht bekannt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/dual_branch.py"/>
        <source>The softmax head of {0} gives no exact class evidence.</source>
        <translation>Der Softmax-Kopf von {0} gibt keine exakte Klassenevidenz.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/tables.py"/>
        <source>The split is that of the tables {0}.</source>
        <translation>Die Aufteilung ist die der Tabellen {0}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/table_data.py"/>
        <source>The split {0} is unknown; choose auto, all, train, val, test.</source>
        <translation>Die Aufteilung {0} ist unbekannt; wählen Sie auto, all, train, val, test.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/add_head.py"/>
        <source>The standard head of {0} gives other logits than this model&apos;s own head (by {1}); train a black box first.</source>
        <translation>Der übliche Kopf von {0} gibt andere Logits als der eigene Kopf dieses Modells (um {1}); trainieren Sie zuerst eine Blackbox.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/status.py"/>
        <source>The status {0} cannot be read; train again.</source>
        <translation>Der Stand {0} ist nicht lesbar; trainieren Sie noch einmal.</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>The study</source>
        <translation>Die Studie</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/copies.py"/>
        <source>The study cannot be saved as {0} (its folder does not exist); choose another place.</source>
        <translation>Die Studie kann nicht als {0} gespeichert werden (den Ordner gibt es nicht); wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/copies.py"/>
        <source>The study cannot be saved as {0} ({1}); choose another place.</source>
        <translation>Die Studie kann nicht als {0} gespeichert werden ({1}); wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/marks.py"/>
        <source>The study has no annotation {0}; it may have been deleted meanwhile.</source>
        <translation>Die Studie hat keine Annotation {0}; vielleicht wurde sie inzwischen gelöscht.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/cases.py"/>
        <source>The study has no case {0}; add its image first.</source>
        <translation>Die Studie hat keinen Fall {0}; fügen Sie zuerst sein Bild hinzu.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/reads.py"/>
        <source>The study has no open read {0}; a locked one stays as it is.</source>
        <translation>Die Studie hat keine offene Befundung {0}; eine abgeschlossene bleibt, wie sie ist.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/reading.py"/>
        <source>The study has no reader {0}; it has {1}.</source>
        <translation>Die Studie hat keinen Befunder {0}; sie hat {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/trainings.py"/>
        <source>The study has no training {0}; see the list of them.</source>
        <translation>Die Studie hat kein Training {0}; sehen Sie in deren Liste nach.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/database.py"/>
        <source>The study {0} cannot be made ({1}); choose another place.</source>
        <translation>Die Studie {0} kann nicht angelegt werden ({1}); wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/files.py"/>
        <source>The study {0} cannot be opened; check that its folder exists and can be written to.</source>
        <translation>Die Studie {0} lässt sich nicht öffnen; prüfen Sie, ob es ihren Ordner gibt und er beschreibbar ist.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/files.py"/>
        <source>The study {0} cannot be read ({1}); check the file and its folder.</source>
        <translation>Die Studie {0} ist nicht lesbar ({1}); prüfen Sie die Datei und ihren Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/files.py"/>
        <source>The study {0} cannot be written to; make the file and its folder writable, or save the study elsewhere.</source>
        <translation>In die Studie {0} lässt sich nicht schreiben; machen Sie die Datei und ihren Ordner beschreibbar, oder speichern Sie die Studie anderswo.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/files.py"/>
        <source>The study {0} could not be read or written (the disk failed, or your quota is used up); check the disk, then try again.</source>
        <translation>Die Studie {0} konnte nicht gelesen oder geschrieben werden (der Datenträger hat versagt, oder Ihr Kontingent ist aufgebraucht); prüfen Sie den Datenträger, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/files.py"/>
        <source>The study {0} could not be read or written ({1}); try again.</source>
        <translation>Die Studie {0} konnte nicht gelesen oder geschrieben werden ({1}); versuchen Sie es erneut.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/readings.py"/>
        <source>The study {0} has no case {1}; change Kind.</source>
        <translation>Die Studie {0} hat keinen Fall {1}; ändern Sie die Art.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/study.py"/>
        <source>The study {0} has no cases; add images to it.</source>
        <translation>Die Studie {0} hat keine Fälle; fügen Sie ihr Bilder hinzu.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/study_data.py"/>
        <source>The study {0} has no label {1}; choose from {2}.</source>
        <translation>Die Studie {0} hat kein Label {1}; wählen Sie aus {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/truth.py"/>
        <source>The study {0} has no reader {1}; choose one of {2}.</source>
        <translation>Die Studie {0} hat keinen Befunder {1}; wählen Sie aus {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/exporting.py"/>
        <source>The study {0} has no reader {1}; it has {2}.</source>
        <translation>Die Studie {0} hat keinen Befunder {1}; sie hat {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/hard.py"/>
        <source>The study {0} holds no predictions of {1} for the cases to train on; open study and model in the window, which stores them, or set Hard cases to another file.</source>
        <translation>Die Studie {0} enthält keine Vorhersagen von {1} für die Trainingsfälle; öffnen Sie Studie und Modell im Fenster, das sie speichert, oder wählen Sie für die schweren Fälle eine andere Datei.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/files.py"/>
        <source>The study {0} is busy in another program; wait until that has finished, then try again.</source>
        <translation>Die Studie {0} wird gerade von einem anderen Programm benutzt; warten Sie, bis es fertig ist, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/database.py"/>
        <source>The study {0} is closed; open it again.</source>
        <translation>Die Studie {0} ist geschlossen; öffnen Sie sie wieder.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/files.py"/>
        <source>The study {0} is damaged and was left as it is; restore a backup copy, or start a new study under another name.</source>
        <translation>Die Studie {0} ist beschädigt und blieb, wie sie ist; stellen Sie eine Sicherungskopie wieder her, oder beginnen Sie eine neue Studie unter anderem Namen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/files.py"/>
        <source>The study {0} is empty (0 bytes) and was left as it is; restore a backup copy, or delete the file to start anew.</source>
        <translation>Die Studie {0} ist leer (0 Bytes) und blieb, wie sie ist; stellen Sie eine Sicherungskopie wieder her, oder löschen Sie die Datei, um neu zu beginnen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/provenance.py"/>
        <source>The study {0} is gone, so that it does not know its models.</source>
        <translation>Die Studie {0} ist nicht mehr da und kennt daher ihre Modelle nicht.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/database.py"/>
        <source>The study {0} is in use by too many tasks; wait, then try again.</source>
        <translation>Die Studie {0} wird von zu vielen Aufgaben benutzt; warten Sie, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/database.py"/>
        <source>The study {0} is open for reading only, so that nothing can be changed in it; close it where else it is open, or save it under another name.</source>
        <translation>Die Studie {0} ist nur zum Lesen geöffnet, sodass darin nichts geändert werden kann; schließen Sie sie, wo sie sonst geöffnet ist, oder speichern Sie sie unter anderem Namen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/rescue.py"/>
        <source>The study {0} is open here; close it before it is rescued.</source>
        <translation>Die Studie {0} ist hier geöffnet; schließen Sie sie, bevor sie gerettet wird.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/backups.py"/>
        <source>The study {0} is open here; close it before it is restored.</source>
        <translation>Die Studie {0} ist hier geöffnet; schließen Sie sie, bevor sie wiederhergestellt wird.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/copies.py"/>
        <source>The study {0} is the one that is open; choose another name.</source>
        <translation>Die Studie {0} ist die geöffnete; wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/database.py"/>
        <source>The study {0} was moved, replaced or deleted while it was open; put the file back, open the study at its new place, or save it elsewhere.</source>
        <translation>Die Studie {0} wurde verschoben, ersetzt oder gelöscht, während sie geöffnet war; legen Sie die Datei zurück, öffnen Sie die Studie am neuen Ort, oder speichern Sie sie anderswo.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/files.py"/>
        <source>The study {0} was written by a newer SoftCAM Viewer (format {1}, this one reads up to {2}) and was left as it is; update the program.</source>
        <translation>Die Studie {0} wurde von einem neueren SoftCAM Viewer geschrieben (Format {1}, dieser liest bis {2}) und blieb, wie sie ist; aktualisieren Sie das Programm.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/database.py"/>
        <source>The study {0} was written by an older SoftCAM Viewer (format {1}, this one reads {2}) and cannot be brought up to date where it may only be read; open it for writing, or copy it to a folder of yours first.</source>
        <translation>Die Studie {0} wurde von einem älteren SoftCAM Viewer geschrieben (Format {1}, dieser liest {2}) und lässt sich nicht aktualisieren, wo sie nur gelesen werden darf; öffnen Sie sie zum Schreiben, oder kopieren Sie sie zuerst in einen eigenen Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/records.py"/>
        <source>The sweep in {0} cannot be read; sweep again.</source>
        <translation>Der Suchlauf in {0} ist nicht lesbar; beginnen Sie einen neuen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/folder.py"/>
        <source>The sweep in {0} was begun with other images, labels or splits than there are now; sweep anew.</source>
        <translation>Der Suchlauf in {0} wurde mit anderen Bildern, Labels oder Aufteilungen begonnen, als es jetzt gibt; beginnen Sie einen neuen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/folder.py"/>
        <source>The sweep in {0} was begun with {1}.{2} = {3}, not {4}; set it back, or sweep anew.</source>
        <translation>Der Suchlauf in {0} wurde mit {1}.{2} = {3} begonnen, nicht {4}; stellen Sie es zurück, oder beginnen Sie einen neuen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/records.py"/>
        <source>The sweep {0} is of a newer version; update SoftCAM Viewer.</source>
        <translation>Der Suchlauf {0} stammt von einer neueren Version; aktualisieren Sie SoftCAM Viewer.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/folder.py"/>
        <source>The sweep&apos;s folder {0} cannot be written ({1}); make room and press Resume.</source>
        <translation>Der Ordner des Suchlaufs {0} kann nicht geschrieben werden ({1}); schaffen Sie Platz und drücken Sie „Fortsetzen“.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/grading.py"/>
        <source>The table of grades names the class {0}, which is none of the classes {1}.</source>
        <translation>Die Tabelle der Grade nennt die Klasse {0}, die keine der Klassen {1} ist.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/readings.py"/>
        <source>The table of lesions or No lesion names the class {0}, which is none of the classes {1}.</source>
        <translation>Die Tabelle der Läsionen oder „Keine Läsion“ nennt die Klasse {0}, die keine der Klassen {1} ist.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/rows.py"/>
        <source>The table {0} cannot be read: {1}.</source>
        <translation>Die Tabelle {0} ist nicht lesbar: {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/table.py"/>
        <source>The table {0} cannot be written ({1}); choose another folder.</source>
        <translation>Die Tabelle {0} kann nicht geschrieben werden ({1}); wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/rows.py"/>
        <source>The table {0} is damaged at line {1}: {2}.</source>
        <translation>Die Tabelle {0} ist in Zeile {1} beschädigt: {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/rows.py"/>
        <source>The table {0} is not UTF-8 text; save it as CSV UTF-8.</source>
        <translation>Die Tabelle {0} ist kein UTF-8-Text; speichern Sie sie als CSV UTF-8.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/threshold.py"/>
        <source>The threshold {0} cannot be meant; give a number in the map&apos;s units, for instance 0.5, or a share of its maximum from 0% to below 100%.</source>
        <translation>Die Schwelle {0} kann nicht gemeint sein; geben Sie eine Zahl in der Einheit der Karte an, zum Beispiel 0.5, oder einen Anteil ihres Maximums von 0% bis unter 100%.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/study_data.py"/>
        <source>The truth of {0} is {1}{2}; {3} of {4} cases have been read.</source>
        <translation>Maßstab für {0} ist {1}{2}; {3} von {4} Fällen wurden befundet.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/assemble.py"/>
        <source>The validation set has no image of {0}: its figures say less.</source>
        <translation>Der Validierungssatz hat kein Bild von {0}: Seine Werte besagen weniger.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/dual_branch.py"/>
        <source>The weights do not say how their inputs were normalised; ImageNet&apos;s mean and standard deviation are used.</source>
        <translation>Die Gewichte sagen nicht, wie ihre Eingaben normiert wurden; Mittelwert und Standardabweichung von ImageNet werden verwendet.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/start.py"/>
        <source>The weights fetched from {0} have a wrong hash and were thrown away; try again.</source>
        <translation>Die von {0} geholten Gewichte haben einen falschen Hash und wurden verworfen; versuchen Sie es erneut.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/dual_branch.py"/>
        <source>The weights name no classes: they are taken to be {0}{1} in this order.</source>
        <translation>Die Gewichte nennen keine Klassen: Angenommen werden {0}{1} in dieser Reihenfolge.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/reading.py"/>
        <source>The weights {0} are a Git LFS pointer, not the file that it stands for; fetch it with git lfs pull.</source>
        <translation>Die Gewichte {0} sind ein Git-LFS-Verweis, nicht die Datei, für die er steht; holen Sie sie mit git lfs pull.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/reading.py"/>
        <source>The weights {0} are a TorchScript program; {1}.</source>
        <translation>Die Gewichte {0} sind ein TorchScript-Programm; {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/reading.py"/>
        <source>The weights {0} are a folder; choose a file in it.</source>
        <translation>Die Gewichte {0} sind ein Ordner; wählen Sie eine Datei darin.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/reading.py"/>
        <source>The weights {0} are a web page, which a failed download leaves behind; download them again.</source>
        <translation>Die Gewichte {0} sind eine Webseite, wie sie ein gescheiterter Download hinterlässt; laden Sie sie noch einmal herunter.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/reading.py"/>
        <source>The weights {0} are a whole pickled network, which opens only by running its code; {1}.</source>
        <translation>Die Gewichte {0} sind ein ganzes gepickeltes Netz, das sich nur öffnet, indem sein Code läuft; {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/reading.py"/>
        <source>The weights {0} are an archive without PyTorch weights; unpack it and choose the file of weights in it.</source>
        <translation>Die Gewichte {0} sind ein Archiv ohne PyTorch-Gewichte; entpacken Sie es und wählen Sie darin die Datei mit Gewichten.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/reading.py"/>
        <source>The weights {0} are damaged; copy them again.</source>
        <translation>Die Gewichte {0} sind beschädigt; kopieren Sie sie noch einmal.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/reading.py"/>
        <source>The weights {0} are empty; copy or download them again.</source>
        <translation>Die Gewichte {0} sind leer; kopieren Sie sie oder laden Sie sie noch einmal herunter.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/reading.py"/>
        <source>The weights {0} call {1} when they are opened, as no weights do; do not use this file.</source>
        <translation>Die Gewichte {0} rufen beim Öffnen {1} auf, was Gewichte nicht tun; verwenden Sie diese Datei nicht.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/reading.py"/>
        <source>The weights {0} cannot be read ({1}); check its permissions.</source>
        <translation>Die Gewichte {0} sind nicht lesbar ({1}); prüfen Sie die Zugriffsrechte.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/reading.py"/>
        <source>The weights {0} cannot be read safely; {1}.</source>
        <translation>Die Gewichte {0} lassen sich nicht gefahrlos lesen; {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/reading.py"/>
        <source>The weights {0} cannot be read: they are damaged or no PyTorch checkpoint; copy them again, or {1}.</source>
        <translation>Die Gewichte {0} sind nicht lesbar: Sie sind beschädigt oder kein PyTorch-Checkpoint; kopieren Sie sie noch einmal, oder {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/reading.py"/>
        <source>The weights {0} cannot be used, since {1} {2}; {3}.</source>
        <translation>Die Gewichte {0} sind nicht verwendbar, denn {1} {2}; {3}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/start.py"/>
        <source>The weights {0} carry no hash to check; use a local file.</source>
        <translation>Die Gewichte {0} tragen keinen Hash zum Prüfen; verwenden Sie eine Datei auf diesem Rechner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/reading.py"/>
        <source>The weights {0} do not exist; check the path.</source>
        <translation>Die Gewichte {0} gibt es nicht; prüfen Sie den Pfad.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/start.py"/>
        <source>The weights {0} do not exist; set Start from to none, imagenet or a file.</source>
        <translation>Die Gewichte {0} gibt es nicht; stellen Sie „Start mit“ auf nichts, ImageNet oder eine Datei.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/from_checkpoint.py"/>
        <source>The weights {0} have {1} outputs, but {2} class{3} named ({4}); name every output once, in order.</source>
        <translation>Die Gewichte {0} haben {1} Ausgänge, aber {2} Klassen{3} genannt ({4}); nennen Sie jeden Ausgang einmal, der Reihe nach.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/from_checkpoint.py"/>
        <source>The weights {0} have {1}.</source>
        <translation>Die Gewichte {0} haben {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/dual_branch.py"/>
        <source>The weights {0} hold no softmax head for {1} classes, and a dual-branch model keeps the head frozen; give a trained classifier of these classes.</source>
        <translation>Die Gewichte {0} enthalten keinen Softmax-Kopf für {1} Klassen, und ein Dual-Branch-Modell lässt den Kopf unverändert; geben Sie einen trainierten Klassifikator dieser Klassen an.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/measure.py"/>
        <source>The {0} gives logits that are no finite numbers for {1}; look for weights, running variances or inputs that no trained network has.</source>
        <translation>Das {0} gibt für {1} Logits, die keine endlichen Zahlen sind; suchen Sie nach Gewichten, Varianzen oder Eingaben, die kein trainiertes Netz hat.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/measure.py"/>
        <source>The {0} gives {1} for one image, expected logits {2}; give a network that returns its logits alone.</source>
        <translation>Das {0} gibt für ein Bild {1}, erwartet waren Logits {2}; geben Sie ein Netz an, das nur seine Logits zurückgibt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/custom.py"/>
        <source>The {0} has no module {1} for {2}; near that name are {3}.</source>
        <translation>Das {0} hat kein Modul {1} für {2}; ähnlich heißen {3}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/loop/images.py"/>
        <source>The {0} training images make batches of {1}, smaller than {2}.</source>
        <translation>Die {0} Trainingsbilder ergeben Batches von {1}, kleiner als {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/rescue.py"/>
        <source>There is a file {0} already; choose another name for what is left.</source>
        <translation>Eine Datei {0} gibt es schon; wählen Sie einen anderen Namen für das, was übrig ist.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/__init__.py"/>
        <source>There is no annotation format {0}; choose one of {1}.</source>
        <translation>Ein Annotationsformat {0} gibt es nicht; wählen Sie aus {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>There is no file and no bundled recipe {0}; {1}</source>
        <translation>Eine Datei oder ein mitgeliefertes Rezept {0} gibt es nicht; {1}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/reading.py"/>
        <source>There is no file or folder {0}; check its name.</source>
        <translation>Eine Datei oder einen Ordner {0} gibt es nicht; prüfen Sie den Namen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/study_cases.py"/>
        <source>There is no image {0}; check its name and folder.</source>
        <translation>Ein Bild {0} gibt es nicht; prüfen Sie Namen und Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/study_data.py"/>
        <source>There is no study {0}; check its name and folder.</source>
        <translation>Eine Studie {0} gibt es nicht; prüfen Sie Namen und Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/plates/compose.py"/>
        <source>There is nothing to show; choose a model and a method that fit.</source>
        <translation>Es gibt nichts zu zeigen; wählen Sie ein Modell und eine Methode, die passen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/parts.py"/>
        <source>This {0} has no classification layer left; give the whole network.</source>
        <translation>Dieses {0} hat keine Klassifikationsschicht mehr; geben Sie das ganze Netz an.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>Top-1 localization</source>
        <translation>Top-1-Lokalisation</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/metric_ids.py"/>
        <source>Top-k localization precision</source>
        <translation>Top-k-Lokalisationspräzision</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/provenance.py"/>
        <source>Trained on {0} of {1} image{2} by {3} of the study {4}{5} (digest {6}).</source>
        <translation>Trainiert auf {0} von {1} Bildern{2} durch {3} der Studie {4}{5} (Prüfsumme {6}).</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/trained.py"/>
        <source>Trained on {0} {1}, in {2} of this study, and recorded on {3}; {4}.</source>
        <translation>Trainiert auf {0} {1}, in {2} dieser Studie, aufgezeichnet am {3}; {4}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>VGG head as VGG&apos;s own (7x7 cells)</source>
        <translation>VGG-Kopf wie der von VGG selbst (7x7 Zellen)</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>VGG head as the authors released it (1x1 cells)</source>
        <translation>VGG-Kopf, wie ihn die Autoren veröffentlicht haben (1x1 Zellen)</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>VGG-16</source>
        <translation>VGG-16</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>VGG-16 of finer cells</source>
        <translation>VGG-16 mit feineren Zellen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>VGG-16-GAP</source>
        <translation>VGG-16-GAP</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Weight decay</source>
        <translation>Weight Decay</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/lesions.py"/>
        <source>Weight is {0}, and no training image of {1} has lesions to go by; {2}, or do not keep the evidence inside drawn lesions.</source>
        <translation>Das Gewicht ist {0}, und kein Trainingsbild von {1} hat Läsionen, nach denen es gehen könnte; {2}, oder halten Sie die Evidenz nicht in gezeichneten Läsionen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/repair.py"/>
        <source>What is left of the study {0} cannot be written ({1}); see that its folder can be written to and has room, then try again.</source>
        <translation>Was von der Studie {0} übrig ist, kann nicht geschrieben werden ({1}); sorgen Sie dafür, dass der Ordner beschreibbar ist und Platz hat, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/rescue.py"/>
        <source>What is left of the study {0} cannot be written to {1} ({2}); choose another place.</source>
        <translation>Was von der Studie {0} übrig ist, kann nicht nach {1} geschrieben werden ({2}); wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>What its grades mean</source>
        <translation>Was seine Grade bedeuten</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>XGrad-CAM</source>
        <translation>XGrad-CAM</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/yolo.py"/>
        <source>YOLO boxes</source>
        <translation>YOLO-Boxen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/yolo.py"/>
        <source>YOLO holds boxes with a label: no outlines, measurements, grades, readers, certainties or notes.</source>
        <translation>YOLO enthält Boxen mit einem Label: keine Umrisse, Messungen, Grade, Befunder, Sicherheiten oder Notizen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/yolo_seg.py"/>
        <source>YOLO outlines</source>
        <translation>YOLO-Umrisse</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/yolo_seg.py"/>
        <source>YOLO outlines are polygons with a label: no kinds of shapes, no holes, no masks of several parts, no measurements, grades, readers, certainties or notes.</source>
        <translation>YOLO-Umrisse sind Polygone mit einem Label: keine Arten von Formen, keine Löcher, keine mehrteiligen Masken, keine Messungen, Grade, Befunder, Sicherheiten oder Notizen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/trainings.py"/>
        <source>a list of annotations and cases ends early</source>
        <translation>eine Liste von Annotationen und Fällen endet zu früh</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>a second</source>
        <translation>ein zweiter</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>add a split column</source>
        <translation>ergänzen Sie eine Spalte split</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>approximate: the logits may differ from the original&apos;s</source>
        <translation>näherungsweise: Die Logits können vom Original abweichen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>black box</source>
        <translation>Blackbox</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/dicom_common.py"/>
        <source>cannot be read ({0}).</source>
        <translation>ist nicht lesbar ({0}).</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/dicom_common.py"/>
        <source>cannot be read: {0}</source>
        <translation>ist nicht lesbar: {0}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/dicom_seg.py"/>
        <source>cannot be referred to by a DICOM SEG ({0}).</source>
        <translation>lässt sich von einem DICOM SEG nicht referenzieren ({0}).</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/dicom_sr.py"/>
        <source>cannot be referred to by a DICOM SR ({0}).</source>
        <translation>lässt sich von einem DICOM SR nicht referenzieren ({0}).</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>channels weighted by the gradient averaged over their activation; rectified</source>
        <translation>Kanäle gewichtet mit dem Gradienten, gemittelt über ihre Aktivierung; gleichgerichtet</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>channels weighted by the linear layer (paper, eq. 1); not rectified</source>
        <translation>Kanäle gewichtet mit der linearen Schicht (Paper, Gl. 1); nicht gleichgerichtet</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>channels weighted by the logit of the image seen through them; rectified</source>
        <translation>Kanäle gewichtet mit dem Logit des durch sie gesehenen Bildes; gleichgerichtet</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>channels weighted by the mean gradient of the logit (paper, eq. 2); rectified</source>
        <translation>Kanäle gewichtet mit dem mittleren Gradienten des Logits (Paper, Gl. 2); gleichgerichtet</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>channels weighted by their positive gradients, strong ones more; rectified</source>
        <translation>Kanäle gewichtet mit ihren positiven Gradienten, starke mehr; gleichgerichtet</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>chest films</source>
        <translation>Thoraxaufnahmen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>cut to the fundus disc, then</source>
        <translation>auf die Fundusscheibe zugeschnitten, dann</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>dense evidence</source>
        <translation>dichte Evidenz</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/dicom_common.py"/>
        <source>does not exist any more; put it back where it was.</source>
        <translation>gibt es nicht mehr; legen Sie es zurück, wo es war.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/labels.py"/>
        <source>drusen</source>
        <translation>Drusen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>drusen or fluid</source>
        <translation>Drusen oder Flüssigkeit</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>dual branch</source>
        <translation>Dual Branch</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>every cell of a channel weighted by its own positive gradient</source>
        <translation>jede Zelle eines Kanals gewichtet mit ihrem eigenen positiven Gradienten</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>evidence in logit units</source>
        <translation>Evidenz in Logit-Einheiten</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>evidence with lasso and ridge (elastic net)</source>
        <translation>Evidenz mit Lasso und Ridge (Elastic Net)</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>evidence with the ridge penalty</source>
        <translation>Evidenz mit der Ridge-Strafe</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>exact: the logits are the original&apos;s, up to rounding</source>
        <translation>exakt: Die Logits sind die des Originals, bis auf Rundung</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>fall of the logit when a window of the image is covered</source>
        <translation>Abfall des Logits, wenn ein Fenster des Bildes verdeckt ist</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>four classes</source>
        <translation>vier Klassen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>fresh weights</source>
        <translation>neue Gewichte</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>fundus photographs</source>
        <translation>Fundusaufnahmen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>grades 0 to 4</source>
        <translation>Grade 0 bis 4</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>gradient at the image, averaged over noisy copies of it</source>
        <translation>Gradient am Bild, gemittelt über verrauschte Kopien davon</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>gradient at the image, its positive part alone at every ReLU</source>
        <translation>Gradient am Bild, an jedem ReLU nur sein positiver Teil</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>gradient integrated from a zero image to the image</source>
        <translation>Gradient, integriert von einem Nullbild bis zum Bild</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>grey, the same in all three channels</source>
        <translation>grau, in allen drei Kanälen gleich</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/labels.py"/>
        <source>haemorrhage</source>
        <translation>Hämorrhagie</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/labels.py"/>
        <source>hard exudate</source>
        <translation>hartes Exsudat</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/dicom_common.py"/>
        <source>has no {0}, by which a DICOM file would refer to it.</source>
        <translation>hat keine {0}, mit der eine DICOM-Datei darauf verweisen würde.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/dicom_seg.py"/>
        <source>has {0} x {1} pixels, but the study knows it with {2} x {3}; the file has been replaced by another image.</source>
        <translation>hat {0} x {1} Pixel, aber die Studie kennt es mit {2} x {3}; die Datei wurde durch ein anderes Bild ersetzt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>input normalised again inside the network</source>
        <translation>Eingabe im Netz noch einmal normiert</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/labels.py"/>
        <source>intraretinal microvascular abnormality</source>
        <translation>intraretinale mikrovaskuläre Anomalie</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/labels.py"/>
        <source>intraretinal or subretinal fluid</source>
        <translation>intra- oder subretinale Flüssigkeit</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/dicom_common.py"/>
        <source>is damaged: its header cannot be read.</source>
        <translation>ist beschädigt: Der Dateikopf ist nicht lesbar.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/dicom_common.py"/>
        <source>is no DICOM file.</source>
        <translation>ist keine DICOM-Datei.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/engines/fast.py"/>
        <source>its numbers differ from PyTorch&apos;s</source>
        <translation>seine Zahlen weichen von denen von PyTorch ab</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>logit units per cell</source>
        <translation>Logit-Einheiten je Zelle</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/labels.py"/>
        <source>microaneurysm</source>
        <translation>Mikroaneurysma</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>mix of channels through which the logit of the image is highest</source>
        <translation>Mischung von Kanälen, durch die der Logit des Bildes am höchsten ist</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/labels.py"/>
        <source>neovascularisation</source>
        <translation>Neovaskularisation</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>no DR or DR</source>
        <translation>keine DR oder DR</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>no ReLU behind the last norm, as the authors&apos; DenseNet</source>
        <translation>kein ReLU hinter der letzten Normierung, wie beim DenseNet der Autoren</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>none: dense</source>
        <translation>keine: dicht</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>normal</source>
        <translation>normal</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>normal or drusen</source>
        <translation>normal oder Drusen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>normal or opacity</source>
        <translation>normal oder Verschattung</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>normal or pneumonia</source>
        <translation>normal oder Pneumonie</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>not stated</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/labels.py"/>
        <source>pigment epithelial detachment</source>
        <translation>Pigmentepithelabhebung</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>pixels from 0 to 1</source>
        <translation>Pixel von 0 bis 1</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>read more cases</source>
        <translation>befunden Sie mehr Fälle</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>red, green, blue</source>
        <translation>Rot, Grün, Blau</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>sigmoid head that locates</source>
        <translation>sigmoider Kopf, der lokalisiert</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>size of the map</source>
        <translation>Größe der Karte</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/labels.py"/>
        <source>soft exudate (cotton-wool spot)</source>
        <translation>weiches Exsudat (Cotton-Wool-Herd)</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>sparse evidence (lasso)</source>
        <translation>sparse Evidenz (Lasso)</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/plan.py"/>
        <source>sweep.{0} holds no value above 0; name some, or leave it out.</source>
        <translation>sweep.{0} enthält keinen Wert über 0; nennen Sie welche, oder lassen Sie es weg.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/plan.py"/>
        <source>sweep.{0} holds {1}; a lambda is 0 or above.</source>
        <translation>sweep.{0} enthält {1}; ein Lambda ist 0 oder größer.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>test set</source>
        <translation>Testsatz</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/methods.py"/>
        <source>the SoftCAM model&apos;s own map: its spatial mean is the logit</source>
        <translation>die eigene Karte des SoftCAM-Modells: Ihr räumlicher Mittelwert ist der Logit</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>the black box of the demo</source>
        <translation>die Blackbox der Demo</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>the classifier</source>
        <translation>der Klassifikator</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>the dense SoftCAM of the demo</source>
        <translation>das dichte SoftCAM der Demo</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>the grades of all readers</source>
        <translation>die Grade aller Befunder</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>the grades that came with the images</source>
        <translation>die mit den Bildern gelieferten Grade</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>the lesions given with the images</source>
        <translation>die mit den Bildern gelieferten Läsionen</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>the lesions that any reader drew</source>
        <translation>die von irgendeinem Befunder gezeichneten Läsionen</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>the lesions that most readers drew</source>
        <translation>die von den meisten Befundern gezeichneten Läsionen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>the middle of the image, cut to this shape</source>
        <translation>die Mitte des Bildes, auf diese Form zugeschnitten</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/recipes.py"/>
        <source>the sparse SoftCAM of the demo</source>
        <translation>das sparse SoftCAM der Demo</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>the study</source>
        <translation>der Studie</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>the whole image, stretched to this size</source>
        <translation>das ganze Bild, auf diese Größe gestreckt</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>the whole image, with borders added to this shape</source>
        <translation>das ganze Bild, mit Rändern auf diese Form ergänzt</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>training set</source>
        <translation>Trainingssatz</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/naming.py"/>
        <source>two networks of this architecture are in it, one under &apos;{0}&apos; and one under &apos;{1}&apos;; choose one of these names as the part to take.</source>
        <translation>zwei Netze dieser Architektur sind darin, eines unter &apos;{0}&apos; und eines unter &apos;{1}&apos;; wählen Sie einen dieser Namen als den Teil, der genommen wird.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/card.py"/>
        <source>validation set</source>
        <translation>Validierungssatz</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/words.py"/>
        <source>{0} = 0: none of the {1} tried keeps {2}.</source>
        <translation>{0} = 0: Keines der {1} probierten hält {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/between.py"/>
        <source>{0} and {1} have read no case in common.</source>
        <translation>{0} und {1} haben keinen Fall gemeinsam befundet.</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>{0} and, where there is none, {1}</source>
        <translation>{0} und, wo es keinen gibt, {1}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/coco_reading.py"/>
        <source>{0} annotations of {1} are left out: it has no image with the id {2}.</source>
        <translation>{0} Annotationen von {1} sind ausgelassen: Es hat kein Bild mit der id {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/imaging/read.py"/>
        <source>{0} cannot be read ({1}); check the disk and try again.</source>
        <translation>{0} ist nicht lesbar ({1}); prüfen Sie den Datenträger und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/reading.py"/>
        <source>{0} cannot be read ({1}); check the file and its folder.</source>
        <translation>{0} ist nicht lesbar ({1}); prüfen Sie die Datei und ihren Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/masks.py"/>
        <source>{0} cannot be read as a picture (it may be cut short); export it again.</source>
        <translation>{0} ist als Bild nicht lesbar (vielleicht abgeschnitten); exportieren Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/measure.py"/>
        <source>{0} cannot be read: {1}.</source>
        <translation>{0} ist nicht lesbar: {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/evidence.py"/>
        <source>{0} cases are of another modality than the model&apos;s.</source>
        <translation>{0} Fälle sind von anderer Modalität als der des Modells.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/plates/layout.py"/>
        <source>{0} columns do not fit into {1} mm; choose fewer methods, or a wider figure.</source>
        <translation>{0} Spalten passen nicht in {1} mm; wählen Sie weniger Methoden oder eine breitere Abbildung.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/data.py"/>
        <source>{0} could be read when the training began and cannot be any more; put the file back and press Resume.</source>
        <translation>{0} war zu Beginn des Trainings lesbar und ist es nicht mehr; legen Sie die Datei zurück und drücken Sie „Fortsetzen“.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/voc.py"/>
        <source>{0} declares a document type, which no annotation needs; it was not read.</source>
        <translation>{0} deklariert einen Dokumenttyp, den keine Annotation braucht; es wurde nicht gelesen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/weights.py"/>
        <source>{0} do not fit {1}: {2}; {3}.</source>
        <translation>{0} passen nicht zu {1}: {2}; {3}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/imaging/index.py"/>
        <source>{0} does not exist or cannot be reached; check its name and folder.</source>
        <translation>{0} gibt es nicht, oder es ist nicht erreichbar; prüfen Sie Namen und Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/imaging/read.py"/>
        <source>{0} does not exist; check its name and folder.</source>
        <translation>{0} gibt es nicht; prüfen Sie Namen und Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/imaging/read.py"/>
        <source>{0} does not fit into memory; save it smaller or in tiles.</source>
        <translation>{0} passt nicht in den Speicher; speichern Sie es kleiner oder in Kacheln.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/assemble.py"/>
        <source>{0} does not name patients, so that one in two splits cannot be seen.</source>
        <translation>{0} nennt keine Patienten, daher bleibt unbemerkt, wenn einer in zwei Aufteilungen ist.</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>{0} does not name patients: each image counts as a patient of its own.</source>
        <translation>{0} nennt keine Patienten: Jedes Bild zählt als eigener Patient.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/evidence.py"/>
        <source>{0} drew nothing to compare with maps of {1}.</source>
        <translation>{0} hat nichts gezeichnet, das sich mit Karten von {1} vergleichen ließe.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/agreement/between.py"/>
        <source>{0} drew nothing, so that only grades are compared with those of others.</source>
        <translation>{0} hat nichts gezeichnet, daher werden nur Grade mit denen anderer verglichen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/wsol.py"/>
        <source>{0} gives no class for {1}.</source>
        <translation>{0} gibt keine Klasse für {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/study.py"/>
        <source>{0} graded nothing in {1}: grades are those that all who graded a case agree on.</source>
        <translation>{0} hat in {1} nichts gradiert: Als Grade gelten die, über die alle Gradierenden einig sind.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/study_data.py"/>
        <source>{0} graded nothing in {1}: labels are the grades that all who graded a case agree on.</source>
        <translation>{0} hat in {1} nichts gradiert: Als Labels gelten die Grade, über die alle Gradierenden einig sind.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/assemble.py"/>
        <source>{0} has a test set of its own.</source>
        <translation>{0} hat einen eigenen Testsatz.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/comparing.py"/>
        <source>{0} has locked the read of {1}, and nothing of {2} is imported there; begin another read or import for another reader.</source>
        <translation>{0} hat die Befundung von {1} abgeschlossen, und nichts von {2} wird dorthin importiert; beginnen Sie eine weitere Befundung, oder importieren Sie für einen anderen Befunder.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/imaging/dicom.py"/>
        <source>{0} has no DICOM file header that says how it is encoded; export it again from its source.</source>
        <translation>{0} hat keinen DICOM-Dateikopf, der die Kodierung nennt; exportieren Sie es aus seiner Quelle noch einmal.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/run.py"/>
        <source>{0} has no class {1}: its predicted class is explained.</source>
        <translation>{0} hat keine Klasse {1}: Seine vorhergesagte Klasse wird erklärt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/plates/compose.py"/>
        <source>{0} has no class {1}; it has {2}.</source>
        <translation>{0} hat keine Klasse {1}; es hat {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/rows.py"/>
        <source>{0} has no column {1}; its first line must name {2}{3}{4}.</source>
        <translation>{0} hat keine Spalte {1}; die erste Zeile muss {2}{3}{4} nennen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/imaging/stored.py"/>
        <source>{0} has no frame {1}; choose one from 0 to {2} instead.</source>
        <translation>{0} hat kein Einzelbild {1}; wählen Sie eines von 0 bis {2}.</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>{0} has no patient column: each image counts as a patient of its own.</source>
        <translation>{0} hat keine Spalte für Patienten: Jedes Bild zählt als eigener Patient.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/table_data.py"/>
        <source>{0} has no rows of the split {1}; choose another split.</source>
        <translation>{0} hat keine Zeilen der Aufteilung {1}; wählen Sie eine andere.</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>{0} has no split of its own: split by patient, {1} %, seed {2}.</source>
        <translation>{0} hat keine eigene Aufteilung: nach Patienten aufgeteilt, {1} %, Startwert {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/table.py"/>
        <source>{0} has no training image of the class {1}.</source>
        <translation>{0} hat kein Trainingsbild der Klasse {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/table.py"/>
        <source>{0} has no validation images; mark some rows val in the split column, or leave that column out.</source>
        <translation>{0} hat keine Validierungsbilder; schreiben Sie in der Spalte split bei einigen Zeilen val, oder lassen Sie die Spalte weg.</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>{0} has no validation set: split by patient, {1} %, seed {2}.</source>
        <translation>{0} hat keinen Validierungssatz: nach Patienten aufgeteilt, {1} %, Startwert {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/study_data.py"/>
        <source>{0} has none of the cases to evaluate; choose others.</source>
        <translation>{0} hat keinen der auszuwertenden Fälle; wählen Sie andere.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/oct.py"/>
        <source>{0} has none of the folders NORMAL, DRUSEN, DME and CNV.</source>
        <translation>{0} hat keinen der Ordner NORMAL, DRUSEN, DME und CNV.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/rsna.py"/>
        <source>{0} has not the columns {1}; choose another file.</source>
        <translation>{0} hat die Spalten {1} nicht; wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/study.py"/>
        <source>{0} has said nothing yet about {1}, drawn as often as others; open the study with this model in the window, which predicts them.</source>
        <translation>{0} hat noch nichts zu {1} gesagt, die so oft wie andere gezogen werden; öffnen Sie die Studie mit diesem Modell im Fenster, das sie vorhersagt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/run.py"/>
        <source>{0} has the classes {1}; a label counts that is spelt like one of them, or is another name of the same grade.</source>
        <translation>{0} hat die Klassen {1}; ein Label zählt, das wie eine davon geschrieben ist oder ein anderer Name desselben Grads ist.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/study.py"/>
        <source>{0} has too few cases for a test set of its own: its share is validated with.</source>
        <translation>{0} hat zu wenige Fälle für einen eigenen Testsatz: Mit dessen Anteil wird validiert.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/rows.py"/>
        <source>{0} has two columns {1}; rename or remove one.</source>
        <translation>{0} hat zwei Spalten {1}; benennen Sie eine um, oder entfernen Sie sie.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/imaging/read.py"/>
        <source>{0} has {1} GB, more than the {2} GB that can be opened; save it smaller or in tiles.</source>
        <translation>{0} hat {1} GB, mehr als die {2} GB, die sich öffnen lassen; speichern Sie es kleiner oder in Kacheln.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/dicom_seg_read.py"/>
        <source>{0} has {1} frames of {2} x {3} pixels, more than fit; split it by image.</source>
        <translation>{0} hat {1} Einzelbilder mit {2} x {3} Pixeln, mehr als hineinpassen; teilen Sie es nach Bildern auf.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/masks.py"/>
        <source>{0} has {1} grey levels and is no mask; choose a folder of masks.</source>
        <translation>{0} hat {1} Graustufen und ist keine Maske; wählen Sie einen Ordner mit Masken.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/imaging/stored.py"/>
        <source>{0} has {1} x {2} pixels, more than the {3} megapixels that can be opened; save it smaller or in tiles.</source>
        <translation>{0} hat {1} x {2} Pixel, mehr als die {3} Megapixel, die sich öffnen lassen; speichern Sie es kleiner oder in Kacheln.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/finding.py"/>
        <source>{0} have a head of convolutions that is neither VGG&apos;s own nor the SoftCAM authors&apos; ({1}); save the weights of one of the two.</source>
        <translation>{0} haben einen Kopf aus Faltungen, der weder der von VGG noch der der SoftCAM-Autoren ist ({1}); speichern Sie die Gewichte eines der beiden.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/finding.py"/>
        <source>{0} have no part {1}; the parts are {2}.</source>
        <translation>{0} haben keinen Teil {1}; die Teile sind {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/reading.py"/>
        <source>{0} hold a negative variance ({1}); train or copy them again.</source>
        <translation>{0} enthalten eine negative Varianz ({1}); trainieren oder kopieren Sie sie noch einmal.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/foreign/reading.py"/>
        <source>{0} hold weights that are no finite numbers ({1}); train or copy them again.</source>
        <translation>{0} enthalten Gewichte, die keine endlichen Zahlen sind ({1}); trainieren oder kopieren Sie sie noch einmal.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/imaging/tiff.py"/>
        <source>{0} holds a kind of TIFF pixels that cannot be read; save it with 8 or 16 bits, grey or RGB, channels interleaved.</source>
        <translation>{0} enthält TIFF-Pixel einer Art, die sich nicht lesen lässt; speichern Sie es mit 8 oder 16 Bit, grau oder RGB, Kanäle verschränkt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/dicom_seg.py"/>
        <source>{0} holds no DICOM SEG; choose the folder of the export.</source>
        <translation>{0} enthält kein DICOM SEG; wählen Sie den Ordner des Exports.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/dicom_sr.py"/>
        <source>{0} holds no DICOM SR with measurements; choose the folder of the export.</source>
        <translation>{0} enthält kein DICOM SR mit Messungen; wählen Sie den Ordner des Exports.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/dicom_common.py"/>
        <source>{0} holds no DICOM files; choose the folder of the export.</source>
        <translation>{0} enthält keine DICOM-Dateien; wählen Sie den Ordner des Exports.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/loop/run.py"/>
        <source>{0} holds no checkpoint yet; starting from the beginning.</source>
        <translation>{0} enthält noch keinen Zwischenstand; es wird von vorn begonnen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/run.py"/>
        <source>{0} holds no image to evaluate.</source>
        <translation>{0} enthält kein Bild zum Auswerten.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/run.py"/>
        <source>{0} holds no sweep yet; starting from the beginning.</source>
        <translation>{0} enthält noch keinen Suchlauf; es wird von vorn begonnen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/wsol.py"/>
        <source>{0} holds no {1}; give a folder of WSOL metadata.</source>
        <translation>{0} enthält kein {1}; geben Sie einen Ordner mit WSOL-Metadaten an.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/rsna.py"/>
        <source>{0} holds no {1}; give the folder of the challenge.</source>
        <translation>{0} enthält kein {1}; geben Sie den Ordner der Challenge an.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/kaggle.py"/>
        <source>{0} holds no {1}; give the table of the grades.</source>
        <translation>{0} enthält kein {1}; geben Sie die Tabelle der Grade an.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/assemble.py"/>
        <source>{0} holds one class only, {1}; two or more are needed.</source>
        <translation>{0} enthält nur eine Klasse, {1}; zwei oder mehr sind nötig.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/config/reading.py"/>
        <source>{0} holds {1}; choose from {2}.</source>
        <translation>{0} enthält {1}; wählen Sie aus {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/study.py"/>
        <source>{0} in which {1} and {2} disagree {3} drawn {4} times as often.</source>
        <translation>{0}, in denen {1} und {2} uneins sind, {3} {4}-mal so oft gezogen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/rsna.py"/>
        <source>{0} is RSNA&apos;s pneumonia challenge (rsna): {1} on {2}, {3} of them with several boxes.</source>
        <translation>{0} ist die Pneumonie-Challenge der RSNA (rsna): {1} auf {2}, {3} davon mit mehreren Boxen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/imaging/dicom.py"/>
        <source>{0} is a DICOM file without an image ({1}); leave it out.</source>
        <translation>{0} ist eine DICOM-Datei ohne Bild ({1}); lassen Sie sie weg.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/masks.py"/>
        <source>{0} is a colour picture, no mask; choose a folder with a mask for each label.</source>
        <translation>{0} ist ein Farbbild und keine Maske; wählen Sie einen Ordner mit einer Maske je Label.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/demo/write.py"/>
        <source>{0} is a file; choose a folder for the demo study.</source>
        <translation>{0} ist eine Datei; wählen Sie einen Ordner für die Demostudie.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/folders.py"/>
        <source>{0} is a folder of images with a folder for each class (folders), {1}.</source>
        <translation>{0} ist ein Bilderordner mit einem Ordner je Klasse (folders), {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/publishing.py"/>
        <source>{0} is a folder where a file of the export belongs; nothing was written; choose another folder.</source>
        <translation>{0} ist ein Ordner, wo eine Datei des Exports hingehört; nichts wurde geschrieben; wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/imaging/read.py"/>
        <source>{0} is a folder, not an image; open it as a folder.</source>
        <translation>{0} ist ein Ordner und kein Bild; öffnen Sie es als Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/coco_reading.py"/>
        <source>{0} is a list without images and their annotations, as detectors write their results; choose the COCO file with the images.</source>
        <translation>{0} ist eine Liste ohne Bilder und ihre Annotationen, wie Detektoren ihre Ergebnisse schreiben; wählen Sie die COCO-Datei mit den Bildern.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/data.py"/>
        <source>{0} is a study, which has no split {1}.</source>
        <translation>{0} ist eine Studie, die keine Aufteilung {1} hat.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/kaggle.py"/>
        <source>{0} is a table of eyes graded for diabetic retinopathy (kaggle-dr): {1}, both eyes of a patient together.</source>
        <translation>{0} ist eine Tabelle von Augen, gradiert auf diabetische Retinopathie (kaggle-dr): {1}, beide Augen eines Patienten zusammen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/data.py"/>
        <source>{0} is a table, which has no readers, cases and labels.</source>
        <translation>{0} ist eine Tabelle, die keine Befunder, Fälle und Labels hat.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/oct.py"/>
        <source>{0} is a {1} of retinal B-scans (oct): {2}; the patient is the second field of the file name.</source>
        <translation>{0} ist ein {1} von Netzhaut-B-Scans (oct): {2}; der Patient ist das zweite Feld des Dateinamens.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/imaging/read.py"/>
        <source>{0} is damaged or incomplete; export or copy it again.</source>
        <translation>{0} ist beschädigt oder unvollständig; exportieren oder kopieren Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/dicom_seg_read.py"/>
        <source>{0} is damaged or no DICOM segmentation; export it again from its source.</source>
        <translation>{0} ist beschädigt oder keine DICOM-Segmentierung; exportieren Sie es aus seiner Quelle noch einmal.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/dicom_sr_read.py"/>
        <source>{0} is damaged or no DICOM structured report; export it again from its source.</source>
        <translation>{0} ist beschädigt oder kein DICOM Structured Report; exportieren Sie es aus seiner Quelle noch einmal.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/mask_files.py"/>
        <source>{0} is damaged; export or copy it again.</source>
        <translation>{0} ist beschädigt; exportieren oder kopieren Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/records.py"/>
        <source>{0} is damaged; sweep anew.</source>
        <translation>{0} ist beschädigt; beginnen Sie einen neuen Suchlauf.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/imaging/read.py"/>
        <source>{0} is empty; copy or export it again.</source>
        <translation>{0} ist leer; kopieren oder exportieren Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/run.py"/>
        <source>{0} is for {1} images: {2} of {3} are of another kind and are left out for it.</source>
        <translation>{0} ist für Bilder der Art {1}: {2} von {3} sind von anderer Art und dafür ausgelassen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/wsol.py"/>
        <source>{0} is metadata of the WSOL benchmark (wsol): {1}, images below {2}.</source>
        <translation>{0} sind Metadaten des WSOL-Benchmarks (wsol): {1}, Bilder unter {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/reading.py"/>
        <source>{0} is neither a file nor a folder but a device or a pipe; choose a file or a folder.</source>
        <translation>{0} ist weder Datei noch Ordner, sondern ein Gerät oder eine Pipe; wählen Sie eine Datei oder einen Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/__init__.py"/>
        <source>{0} is neither a file nor a folder; check the table.</source>
        <translation>{0} ist weder Datei noch Ordner; prüfen Sie die Tabelle.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/coco_reading.py"/>
        <source>{0} is no COCO file (it has no annotations); choose another.</source>
        <translation>{0} ist keine COCO-Datei (sie hat keine Annotationen); wählen Sie eine andere.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/coco_reading.py"/>
        <source>{0} is no COCO file (it has no images); choose another.</source>
        <translation>{0} ist keine COCO-Datei (sie hat keine Bilder); wählen Sie eine andere.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/geojson.py"/>
        <source>{0} is no GeoJSON FeatureCollection; choose another file.</source>
        <translation>{0} ist keine GeoJSON FeatureCollection; wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/voc.py"/>
        <source>{0} is no Pascal VOC annotation; choose other files.</source>
        <translation>{0} ist keine Pascal-VOC-Annotation; wählen Sie andere Dateien.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/measure.py"/>
        <source>{0} is no file.</source>
        <translation>{0} ist keine Datei.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/data.py"/>
        <source>{0} is no file; give a table (CSV) or a study (.softcam).</source>
        <translation>{0} ist keine Datei; geben Sie eine Tabelle (CSV) oder eine Studie (.softcam) an.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/exporting.py"/>
        <source>{0} is no folder; choose a folder to write into.</source>
        <translation>{0} ist kein Ordner; wählen Sie einen Ordner, in den geschrieben wird.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/labelme.py"/>
        <source>{0} is no labelme file; choose other files.</source>
        <translation>{0} ist keine labelme-Datei; wählen Sie andere Dateien.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/wsol.py"/>
        <source>{0} is no text file.</source>
        <translation>{0} ist keine Textdatei.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/reading.py"/>
        <source>{0} is not JSON{1} (it may be cut short); export it again.</source>
        <translation>{0} ist kein JSON{1} (vielleicht abgeschnitten); exportieren Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/voc.py"/>
        <source>{0} is not XML ({1}); it may be cut short: export it again.</source>
        <translation>{0} ist kein XML ({1}); vielleicht ist es abgeschnitten: Exportieren Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/imaging/read.py"/>
        <source>{0} is not a regular file; choose an image file.</source>
        <translation>{0} ist keine gewöhnliche Datei; wählen Sie eine Bilddatei.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/imaging/read.py"/>
        <source>{0} is not an image that can be read; choose a PNG, JPEG, TIFF, BMP or DICOM file.</source>
        <translation>{0} ist kein lesbares Bild; wählen Sie eine PNG-, JPEG-, TIFF-, BMP- oder DICOM-Datei.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/rsna.py"/>
        <source>{0} is not beside {1}; without it, normal films cannot be told from others.</source>
        <translation>{0} liegt nicht neben {1}; ohne sie lassen sich normale Aufnahmen nicht von anderen unterscheiden.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/reading.py"/>
        <source>{0} is not text in UTF-8; save it in that encoding, then try again.</source>
        <translation>{0} ist kein Text in UTF-8; speichern Sie es so und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/reading.py"/>
        <source>{0} is not text; choose another file.</source>
        <translation>{0} ist kein Text; wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/detect.py"/>
        <source>{0} is of no known layout: it holds no table {1} and no folder for each class.</source>
        <translation>{0} hat keinen bekannten Aufbau: Es enthält keine Tabelle {1} und keinen Ordner je Klasse.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/rsna.py"/>
        <source>{0} is the SoftCAM authors&apos; table of RSNA films (rsna), one row each.</source>
        <translation>{0} ist die Tabelle der SoftCAM-Autoren zu RSNA-Aufnahmen (rsna), je eine Zeile.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/loop/folder.py"/>
        <source>{0} is the file {1} of the run&apos;s folder, which this run would replace; train anew.</source>
        <translation>{0} ist die Datei {1} im Ordner des Laufs, die dieser Lauf ersetzen würde; trainieren Sie neu.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/config/reading.py"/>
        <source>{0} is too large a number; write a smaller one.</source>
        <translation>{0} ist eine zu große Zahl; schreiben Sie eine kleinere.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/config/reading.py"/>
        <source>{0} is {1}; choose one of {2}.</source>
        <translation>{0} ist {1}; wählen Sie aus {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/hard.py"/>
        <source>{0} knows none of the classes of {1}; its classes are {2}.</source>
        <translation>{0} kennt keine der Klassen von {1}; seine Klassen sind {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/listing.py"/>
        <source>{0} left out: {1} ({2}{3}).</source>
        <translation>{0} ausgelassen: {1} ({2}{3}).</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/publishing.py"/>
        <source>{0} lies behind a link that leads out of the folder; choose another folder.</source>
        <translation>{0} liegt hinter einem Verweis, der aus dem Ordner hinausführt; wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/assemble.py"/>
        <source>{0} lists no images of the classes {1}.</source>
        <translation>{0} nennt keine Bilder der Klassen {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/table_data.py"/>
        <source>{0} lists no images that can be looked for.</source>
        <translation>{0} nennt keine Bilder, die sich suchen lassen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/rows.py"/>
        <source>{0} lists no images.</source>
        <translation>{0} nennt keine Bilder.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/assemble.py"/>
        <source>{0} lists too few images to draw a validation set; {1}.</source>
        <translation>{0} nennt zu wenige Bilder für einen Validierungssatz; {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/imaging/read.py"/>
        <source>{0} may not be read; change its permissions.</source>
        <translation>{0} darf nicht gelesen werden; ändern Sie die Zugriffsrechte.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/study.py"/>
        <source>{0} missing; the first is {1}.</source>
        <translation>{0} fehlen; die erste ist {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/notes.py"/>
        <source>{0} more {1}; results.json has all that failed.</source>
        <translation>{0} weitere {1}; results.json enthält alles, was fehlschlug.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/config/reading.py"/>
        <source>{0} must be a list of {1}, not {2}.</source>
        <translation>{0} muss eine Liste von {1} sein, nicht {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/config/reading.py"/>
        <source>{0} must be a table of texts, not {1}.</source>
        <translation>{0} muss eine Tabelle von Texten sein, nicht {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/config/reading.py"/>
        <source>{0} must be {1}, not {2}.</source>
        <translation>{0} muss {1} sein, nicht {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/loop/images.py"/>
        <source>{0} of {1} inputs fit into the memory for images = {2}; the others are {3} in every epoch.</source>
        <translation>{0} von {1} Eingaben passen in den Speicher für Bilder = {2}; die anderen werden in jeder Epoche {3}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/draws.py"/>
        <source>{0} of {1} of the first class {2} kept, seed {3}.</source>
        <translation>{0} von {1} der ersten Klasse {2} behalten, Startwert {3}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/draws.py"/>
        <source>{0} of {1} {2} drawn, seed {3}.</source>
        <translation>{0} von {1} {2} gezogen, Startwert {3}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/loop/images.py"/>
        <source>{0} one batch, smaller than {1}.</source>
        <translation>{0} einen Batch, kleiner als {1}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/runtime.py"/>
        <source>{0} processes are not divided evenly between the machines; start as many on each.</source>
        <translation>{0} Prozesse sind nicht gleichmäßig auf die Rechner verteilt; starten Sie auf jedem gleich viele.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/reads.py"/>
        <source>{0} reads {1} already; go on with that read, or lock it first.</source>
        <translation>{0} befundet {1} schon; machen Sie mit dieser Befundung weiter, oder schließen Sie sie zuerst ab.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/imaging/stored.py"/>
        <source>{0} says that it is {1} x {2} pixels; export it again.</source>
        <translation>{0} gibt {1} x {2} Pixel an; exportieren Sie es noch einmal.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/importing.py"/>
        <source>{0} says {1} x {2} pixels and the image has {3} x {4}; nothing of it is imported.</source>
        <translation>{0} gibt {1} x {2} Pixel an, und das Bild hat {3} x {4}; nichts davon wird importiert.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/data.py"/>
        <source>{0} was changed while it was trained on; put the file back and press Resume, or begin again.</source>
        <translation>{0} wurde während des Trainings geändert; legen Sie die Datei zurück und drücken Sie „Fortsetzen“, oder beginnen Sie neu.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/checkpoint.py"/>
        <source>{0} was made with other images, labels or splits than {1} lists now; train anew.</source>
        <translation>{0} entstand mit anderen Bildern, Labels oder Aufteilungen, als {1} jetzt nennt; trainieren Sie neu.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/checkpoint.py"/>
        <source>{0} was made with other pixels: the images&apos; mean was {1} and is {2}; put the images back, or train anew.</source>
        <translation>{0} entstand mit anderen Pixeln: Der Mittelwert der Bilder war {1} und ist {2}; legen Sie die Bilder zurück, oder trainieren Sie neu.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/checkpoint.py"/>
        <source>{0} was made with {1}.{2} = {3}, not {4}; set it back, or train anew.</source>
        <translation>{0} entstand mit {1}.{2} = {3}, nicht {4}; stellen Sie es zurück, oder trainieren Sie neu.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/start.py"/>
        <source>{0} was trained on {1} ({2}) before: any of them among today&apos;s validation images make the figures better than they are.</source>
        <translation>{0} wurde zuvor auf {1} trainiert ({2}): Sind davon welche unter den heutigen Validierungsbildern, sind die Werte besser, als sie sein dürften.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/loop/images.py"/>
        <source>{0} {1} too few for {2} processes.</source>
        <translation>{0} {1} zu wenige für {2} Prozesse.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/assemble.py"/>
        <source>{0} {1}: each image counts as a patient of its own.</source>
        <translation>{0} {1}: Jedes Bild zählt als eigener Patient.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/assemble.py"/>
        <source>{0} {1}: split by patient, {2} %, seed {3}.</source>
        <translation>{0} {1}: nach Patienten aufgeteilt, {2} %, Startwert {3}.</translation>
    </message>
    <message>
        <location filename="../../packaging/word_tables.py"/>
        <source>{0} × {1} cells for an input of {2}; a cell stands for {3} × {4} px of it</source>
        <translation>{0} × {1} Zellen für einen Eingang von {2}; eine Zelle steht für {3} × {4} px davon</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/words.py"/>
        <source>{0}, and with no larger one of the {1} tried.</source>
        <translation>{0}, und mit keinem größeren der {1} probierten.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/wsol.py"/>
        <source>{0}, line {1}: the class is {2}, not a number.</source>
        <translation>{0}, Zeile {1}: Die Klasse ist {2}, keine Zahl.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/wsol.py"/>
        <source>{0}, line {1}: {2} are no numbers.</source>
        <translation>{0}, Zeile {1}: {2} sind keine Zahlen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/wsol.py"/>
        <source>{0}, line {1}: {2} cells in place of {3}.</source>
        <translation>{0}, Zeile {1}: {2} Zellen statt {3}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/rows.py"/>
        <source>{0}, row {1}: the header has {2} cells, parted by {3}, and the row {4}; part all rows alike, and put a cell that holds the separator in quotes.</source>
        <translation>{0}, Zeile {1}: Die Kopfzeile hat {2} Zellen, getrennt durch {3}, und die Zeile {4}; trennen Sie alle Zeilen gleich, und setzen Sie eine Zelle mit dem Trennzeichen in Anführungszeichen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/record.py"/>
        <source>{0}, {1} classes ({2}), input {3} x {4} px.</source>
        <translation>{0}, {1} Klassen ({2}), Eingang {3} x {4} px.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/study_data.py"/>
        <source>{0}, {1}: the image is no file; the case is left out.</source>
        <translation>{0}, {1}: Das Bild ist keine Datei; der Fall ist ausgelassen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/config/checks.py"/>
        <source>{0}: Rate is {1}; it must be above 0.</source>
        <translation>{0}: Die Rate ist {1}; sie muss über 0 liegen.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/config/checks.py"/>
        <source>{0}: Split must be the shares of training, validation and test images, with a sum of 1.</source>
        <translation>{0}: Die Aufteilung muss aus den Anteilen der Trainings-, Validierungs- und Testbilder bestehen, mit der Summe 1.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/rsna.py"/>
        <source>{0}: Target is 1, and x, y, width and height make no box.</source>
        <translation>{0}: Target ist 1, und x, y, width und height ergeben keine Box.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/config/checks.py"/>
        <source>{0}: a dual-branch model keeps a trained classifier and adds a head to it; set Start from to the classifier&apos;s file.</source>
        <translation>{0}: Ein Dual-Branch-Modell behält einen trainierten Klassifikator und fügt ihm einen Kopf hinzu; wählen Sie unter „Start mit“ dessen Datei.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/config/checks.py"/>
        <source>{0}: a {1} has no evidence to penalise; set Sparsity, Ridge and Weight to 0, or Recipe to softcam.</source>
        <translation>{0}: Ein {1} hat keine Evidenz, die sich bestrafen ließe; setzen Sie Sparsity, Ridge und Gewicht auf 0, oder das Rezept auf softcam.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/rsna.py"/>
        <source>{0}: class is {1}; it is one of {2}, {3} and {4}.</source>
        <translation>{0}: class ist {1}; möglich sind {2}, {3} und {4}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/rsna.py"/>
        <source>{0}: filename is missing, or bin_target is neither 0 nor 1.</source>
        <translation>{0}: filename fehlt, oder bin_target ist weder 0 noch 1.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/oct.py"/>
        <source>{0}: filename is missing.</source>
        <translation>{0}: filename fehlt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/assemble.py"/>
        <source>{0}: label {1} is not one of the classes {2}.</source>
        <translation>{0}: Das Label {1} ist keine der Klassen {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/oct.py"/>
        <source>{0}: level is {1}; the classes are 0 Normal, 1 Drusen, 2 DME, 3 CNV.</source>
        <translation>{0}: level ist {1}; die Klassen sind 0 Normal, 1 Drusen, 2 DME, 3 CNV.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/study_data.py"/>
        <source>{0}: no pixel lies in {1} of the {2} marks, which {3} not count; draw larger ones on the image.</source>
        <translation>{0}: In {1} der {2} Markierungen liegt kein Pixel, sie {3} nicht; zeichnen Sie größere auf das Bild.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/own.py"/>
        <source>{0}: path or label is missing.</source>
        <translation>{0}: path oder label fehlt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/assemble.py"/>
        <source>{0}: patient {1} is in both {2} and {3}{4}; keep each patient in one split.</source>
        <translation>{0}: Patient {1} ist in {2} und {3}{4}; halten Sie jeden Patienten in einer Aufteilung.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/rsna.py"/>
        <source>{0}: patientId is missing, or Target is neither 0 nor 1.</source>
        <translation>{0}: patientId fehlt, oder Target ist weder 0 noch 1.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/rows.py"/>
        <source>{0}: split is {1}; write train, val or test.</source>
        <translation>{0}: split ist {1}; schreiben Sie train, val oder test.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/study_data.py"/>
        <source>{0}: the image is {1} x {2} pixels now and was {3} x {4} when it was marked; put the old file back.</source>
        <translation>{0}: Das Bild hat jetzt {1} x {2} Pixel und hatte {3} x {4}, als es markiert wurde; legen Sie die alte Datei zurück.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/study_data.py"/>
        <source>{0}: the marks cannot be used: {1}</source>
        <translation>{0}: Die Markierungen sind nicht verwendbar: {1}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/table_data.py"/>
        <source>{0}: the mask cannot be used, so no mark of the image counts: {1}</source>
        <translation>{0}: Die Maske ist nicht verwendbar, daher zählt keine Markierung des Bildes: {1}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/evaluation/table_data.py"/>
        <source>{0}: the mask {1} is {2} x {3} pixels and the image {4} x {5}; give a mask of the image&apos;s size, without which none of its marks counts.</source>
        <translation>{0}: Die Maske {1} hat {2} x {3} Pixel und das Bild {4} x {5}; geben Sie eine Maske in der Größe des Bildes an, ohne die keine seiner Markierungen zählt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/own.py"/>
        <source>{0}: the patient is missing; fill it in or drop the column.</source>
        <translation>{0}: Der Patient fehlt; ergänzen Sie ihn, oder entfernen Sie die Spalte.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/config/checks.py"/>
        <source>{0}: the table is missing; choose one.</source>
        <translation>{0}: Die Tabelle fehlt; wählen Sie eine.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/tables.py"/>
        <source>{0}: weight is {1}; write a number above 0.</source>
        <translation>{0}: weight ist {1}; schreiben Sie eine Zahl über 0.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/wsol.py"/>
        <source>{0}: {1} has the class {2}, which has no name.</source>
        <translation>{0}: {1} hat die Klasse {2}, die keinen Namen hat.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/rsna.py"/>
        <source>{0}: {1} is listed again with another class.</source>
        <translation>{0}: {1} steht noch einmal da, mit anderer Klasse.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/assemble.py"/>
        <source>{0}: {1} is listed again with another label.</source>
        <translation>{0}: {1} steht noch einmal da, mit anderem Label.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/assemble.py"/>
        <source>{0}: {1} is listed in both {2} and {3}.</source>
        <translation>{0}: {1} steht in {2} und in {3}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/kaggle.py"/>
        <source>{0}: {1} is missing.</source>
        <translation>{0}: {1} fehlt.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/config/checks.py"/>
        <source>{0}: {1} is {2}; it must be at least {3}{4}.</source>
        <translation>{0}: {1} ist {2}; es muss mindestens {3} sein{4}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/kaggle.py"/>
        <source>{0}: {1} is {2}; the grades are 0 to 4.</source>
        <translation>{0}: {1} ist {2}; die Grade sind 0 bis 4.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/config/reading.py"/>
        <source>{0}: {1} must be a table, [{2}].</source>
        <translation>{0}: {1} muss eine Tabelle sein, [{2}].</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/data.py"/>
        <source>{0}: {1} of {2} cannot be read, more than the {3} of the share that may be missing; the first is {4}: {5}</source>
        <translation>{0}: {1} von {2} sind nicht lesbar, mehr als die {3}, die fehlen dürfen; die erste ist {4}: {5}</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/rsna.py"/>
        <source>{0}: {1} says nothing of the image {2}.</source>
        <translation>{0}: {1} sagt nichts über das Bild {2}.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/config/reading.py"/>
        <source>{0}: {1}.{2} holds a character that no path can have.</source>
        <translation>{0}: {1}.{2} enthält ein Zeichen, das kein Pfad haben kann.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/config/reading.py"/>
        <source>{0}: {1}.{2} is {3}, and there is no such user&apos;s home folder; write the path in full.</source>
        <translation>{0}: {1}.{2} ist {3}, und das Benutzerverzeichnis dazu gibt es nicht; schreiben Sie den Pfad aus.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sources/assemble.py"/>
        <source>{0}: {1}{2} is listed more than once and counts once.</source>
        <translation>{0}: {1}{2} steht mehr als einmal da und zählt einmal.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/words.py"/>
        <source>{0}; it is the largest value tried, and larger ones in sweep.{1} may do as well.</source>
        <translation>{0}; es ist der größte probierte Wert, und größere in sweep.{1} können ebenso gut sein.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/build.py"/>
        <source>{0}; name both.</source>
        <translation>{0}; nennen Sie beide.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/models/spec.py"/>
        <source>{0}; save the model again.</source>
        <translation>{0}; speichern Sie das Modell neu.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/identical.py"/>
        <source>{0}CAM is this model&apos;s evidence without the bias.</source>
        <translation>{0}CAM ist die Evidenz dieses Modells ohne den Bias.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/files.py"/>
        <source>{0}choose a .softcam file.</source>
        <translation>{0}wählen Sie eine .softcam-Datei.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/files.py"/>
        <source>{0}its beginning may be damaged: restore a backup copy, or choose another file.</source>
        <translation>{0}der Anfang ist vielleicht beschädigt: Stellen Sie eine Sicherungskopie wieder her, oder wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/identical.py"/>
        <source>{0}the evidence is one linear layer of the features, so CAM is the evidence without the bias, and Grad-CAM and XGrad-CAM are its positive part, up to a factor.</source>
        <translation>{0}Die Evidenz ist eine lineare Schicht der Merkmale, daher ist CAM die Evidenz ohne den Bias, und Grad-CAM und XGrad-CAM sind ihr positiver Teil, bis auf einen Faktor.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/identical.py"/>
        <source>{0}the head is one linear layer after average pooling, so Grad-CAM and XGrad-CAM are the positive part of CAM, up to a factor.</source>
        <translation>{0}Der Kopf ist eine lineare Schicht nach der Mittelung, daher sind Grad-CAM und XGrad-CAM der positive Teil von CAM, bis auf einen Faktor.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/identical.py"/>
        <source>{0}the sigmoid head is one linear layer after average pooling, and its weights are clamped at 0, so these maps agree up to a factor.</source>
        <translation>{0}Der Sigmoid-Kopf ist eine lineare Schicht nach der Mittelung, und seine Gewichte sind bei 0 abgeschnitten, daher stimmen diese Karten bis auf einen Faktor überein.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/explain/identical.py"/>
        <source>{0}{1} is the positive part of this model&apos;s evidence without the bias, up to a factor.</source>
        <translation>{0}{1} ist der positive Teil der Evidenz dieses Modells ohne den Bias, bis auf einen Faktor.</translation>
    </message>
    <message>
        <location filename="../../softcam_core/annotations/formats/publishing.py"/>
        <source>{0}{1} there already; choose another folder, or ask to overwrite.</source>
        <translation>{0}{1} schon vorhanden; wählen Sie einen anderen Ordner, oder erlauben Sie das Überschreiben.</translation>
    </message>
</context>
<context>
    <name>crash</name>
    <message>
        <location filename="../../app/crash.py"/>
        <source>Details: Help &gt; Show the error log.</source>
        <translation>Einzelheiten: Hilfe &gt; Fehlerprotokoll zeigen.</translation>
    </message>
    <message>
        <location filename="../../app/crash.py"/>
        <source>Something went wrong ({0}); your marks are saved.</source>
        <translation>Etwas ging schief ({0}); Ihre Markierungen sind gespeichert.</translation>
    </message>
</context>
<context>
    <name>evaluation</name>
    <message>
        <location filename="../../app/evaluation/tables_tab.py"/>
        <source>1 image</source>
        <translation>1 Bild</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>1 − specificity</source>
        <translation>1 − Spezifität</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>95 % interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/tables_tab.py"/>
        <source>95 % interval {0}</source>
        <translation>95-%-Intervall {0}</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>A map that stays alike does not show what the network has learned.</source>
        <translation>Eine Karte, die sich gleich bleibt, zeigt nicht, was das Netz gelernt hat.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/image_figures.py"/>
        <source>A point is an image: click it to see its map. Crosses: means, 95 % intervals.</source>
        <translation>Ein Punkt ist ein Bild: Ein Klick zeigt seine Karte. Kreuze: Mittelwerte, 95-%-Intervalle.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/figures.py"/>
        <source>Activation consistency</source>
        <translation>Aktivierungskonsistenz</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/image_figures.py"/>
        <source>Activation precision: share of the map on the marks</source>
        <translation>Aktivierungspräzision: Anteil der Karte auf den Markierungen</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/image_figures.py"/>
        <source>Activation sensitivity: how much of the marks is covered</source>
        <translation>Aktivierungssensitivität: wie viel der Markierungen bedeckt ist</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>Better</source>
        <translation>Besser</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>Bootstrap over patients, or over images: where the value of other such images would lie.</source>
        <translation>Bootstrap über Patienten oder Bilder: wo der Wert bei anderen solchen Bildern läge.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Boxes</source>
        <translation>Boxen</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>Chance</source>
        <translation>Zufall</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>Chance: what a number has to beat before it says anything.</source>
        <translation>Zufall: was ein Wert übertreffen muss, bevor er etwas besagt.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>Confidence: probability of the predicted class</source>
        <translation>Konfidenz: Wahrscheinlichkeit der vorhergesagten Klasse</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/figures.py"/>
        <source>Confusion matrix</source>
        <translation>Konfusionsmatrix</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Consistency</source>
        <translation>Konsistenz</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/figures.py"/>
        <source>Deletion curve</source>
        <translation>Deletionskurve</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/status.py"/>
        <source>Evaluating {0} of {1}</source>
        <translation>Auswertung: {0} von {1}</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/status.py"/>
        <source>Evaluating: the report is made</source>
        <translation>Auswertung: Der Bericht entsteht</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>Evidence against other methods</source>
        <translation>Evidenz gegen andere Methoden</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Faithfulness</source>
        <translation>Treue</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>Images that both are of.</source>
        <translation>Bilder, die beiden gemeinsam sind.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>Images that give a value.</source>
        <translation>Bilder, die einen Wert ergeben.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>Images that were measured and give no value: nothing is marked on them, for instance.</source>
        <translation>Bilder, die gemessen wurden und keinen Wert ergeben: zum Beispiel, weil nichts darauf markiert ist.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/figures.py"/>
        <source>Insertion curve</source>
        <translation>Insertionskurve</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/image_figures.py"/>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>Layers whose weights are drawn anew, from the last one on</source>
        <translation>Schichten, deren Gewichte neu gezogen werden, von der letzten an</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/image_figures.py"/>
        <source>Left of each pair: positive cells on diseased images (r+); right: negative cells on healthy images (r−). Points: medians.</source>
        <translation>Links in jedem Paar: positive Zellen auf kranken Bildern (r+); rechts: negative Zellen auf gesunden Bildern (r−). Punkte: Mediane.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>Less</source>
        <translation>Minus</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Localization</source>
        <translation>Lokalisation</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>Methods against the best chance</source>
        <translation>Methoden gegen den besten Zufall</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>Metric</source>
        <translation>Metrik</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>Models against each other</source>
        <translation>Modelle gegeneinander</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>Of</source>
        <translation>Von</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/image_figures.py"/>
        <source>One in {1} of {0} images is drawn.</source>
        <translation>Eines von {1} aus {0} Bildern ist gezeichnet.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>Paired: the same resamples of patients, or of images, for both; DeLong for the AUC of two classes.</source>
        <translation>Gepaart: für beide dieselben Ziehungen von Patienten oder Bildern; DeLong für die AUC zweier Klassen.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>Perfectly calibrated</source>
        <translation>Perfekt kalibriert</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/figures.py"/>
        <source>Precision against sensitivity</source>
        <translation>Präzision gegen Sensitivität</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/image_figures.py"/>
        <source>Predicted</source>
        <translation>Vorhergesagt</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/words.py"/>
        <source>Prediction</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>Probability, relative to the whole image</source>
        <translation>Wahrscheinlichkeit, bezogen auf das ganze Bild</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/figures.py"/>
        <source>ROC curve</source>
        <translation>ROC-Kurve</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/figures.py"/>
        <source>Randomized weights</source>
        <translation>Zufällige Gewichte</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/figures.py"/>
        <source>Reliability</source>
        <translation>Zuverlässigkeit</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>Sanity check</source>
        <translation>Plausibilität</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>Sensitivity</source>
        <translation>Sensitivität</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/image_figures.py"/>
        <source>Share of cells</source>
        <translation>Anteil der Zellen</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>Share of patches that hold a mark</source>
        <translation>Anteil der Felder mit einer Markierung</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>Share that is right</source>
        <translation>Anteil der richtigen</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>Similarity to the map of the trained network</source>
        <translation>Ähnlichkeit mit der Karte des trainierten Netzes</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>The arrow points to where values are better.</source>
        <translation>Der Pfeil zeigt dorthin, wo Werte besser sind.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>The best value of this metric; it need not differ from the next: see Differences.</source>
        <translation>Der beste Wert dieser Metrik; er muss sich vom nächsten nicht unterscheiden: siehe Unterschiede.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/choices.py"/>
        <source>The folder {0} cannot be written to ({1}); make room there or set SOFTCAM_DATA_DIR to another folder.</source>
        <translation>In den Ordner {0} kann nicht geschrieben werden ({1}); schaffen Sie dort Platz, oder setzen Sie SOFTCAM_DATA_DIR auf einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>The higher, the more the patches ranked highest tell the network.</source>
        <translation>Je höher, desto mehr sagen dem Netz die am höchsten gereihten Felder.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>The lower, the more the network lost with the patches ranked highest.</source>
        <translation>Je niedriger, desto mehr hat das Netz mit den am höchsten gereihten Feldern verloren.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/lead.py"/>
        <source>The protocol hides this case until your first read of it is locked.</source>
        <translation>Das Protokoll verbirgt diesen Fall, bis Ihre Erstbefundung abgeschlossen ist.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/sight.py"/>
        <source>This evaluation holds {0} of which your first read is not locked; the protocol hides what models and others say until then.</source>
        <translation>Diese Auswertung enthält {0}, deren Erstbefundung Sie nicht abgeschlossen haben; das Protokoll verbirgt bis dahin, was Modelle und andere sagen.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/lead.py"/>
        <source>This run is of another study that was at this place, or the image has moved.</source>
        <translation>Dieser Lauf gehört zu einer anderen Studie, die an diesem Ort lag, oder das Bild wurde verschoben.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/figures.py"/>
        <source>Top-k localization precision</source>
        <translation>Top-k-Lokalisationspräzision</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>Top-k localization precision, pooled over the images; bands: 95 % intervals.</source>
        <translation>Top-k-Lokalisationspräzision, über die Bilder zusammengefasst; Bänder: 95-%-Intervalle.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>Two-sided, of no difference; not corrected for how many there are.</source>
        <translation>Zweiseitig, auf keinen Unterschied; nicht für ihre Anzahl korrigiert.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>Undefined</source>
        <translation>Undefiniert</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>What is taken from it, over the same images.</source>
        <translation>Was davon abgezogen wird, über dieselben Bilder.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>Which of the two is better, where zero is excluded.</source>
        <translation>Welches der beiden besser ist, wo die Null ausgeschlossen ist.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>With a diamond: the 95 % interval excludes zero.</source>
        <translation>Mit Raute: Das 95-%-Intervall schließt die Null aus.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/results_table.py"/>
        <source>With a dot: the best of this metric, chance left out; it need not differ from the next.</source>
        <translation>Mit Punkt: der beste Wert dieser Metrik, ohne den Zufall; er muss sich vom nächsten nicht unterscheiden.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/earlier.py"/>
        <source>class: {0}</source>
        <translation>Klasse: {0}</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>k, patches of highest score in each image</source>
        <translation>k, höchstgereihte Felder in jedem Bild</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>k, patches removed</source>
        <translation>k, entfernte Felder</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>k, patches shown</source>
        <translation>k, gezeigte Felder</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/earlier.py"/>
        <source>label, else predicted</source>
        <translation>Label, sonst Vorhersage</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/earlier.py"/>
        <source>marks: {0}</source>
        <translation>Markierungen: {0}</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/differences_tab.py"/>
        <source>p</source>
        <translation>p</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/earlier.py"/>
        <source>predicted</source>
        <translation>vorhergesagt</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/image_figures.py"/>
        <source>r+ on diseased images</source>
        <translation>r+ auf kranken Bildern</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/image_figures.py"/>
        <source>r− on healthy images</source>
        <translation>r− auf gesunden Bildern</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/earlier.py"/>
        <source>with chance</source>
        <translation>mit Zufall</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/earlier.py"/>
        <source>without chance</source>
        <translation>ohne Zufall</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>{0} ({1} to {2})</source>
        <translation>{0} ({1} bis {2})</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>{0} Mean over images; bands: 95 % intervals.</source>
        <translation>{0} Mittel über die Bilder; Bänder: 95-%-Intervalle.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/tables_tab.py"/>
        <source>{0} images</source>
        <translation>{0} Bilder</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/lead.py"/>
        <source>{0} is not open; open it in the Models menu to see its map.</source>
        <translation>{0} ist nicht geöffnet; öffnen Sie es im Menü Modelle, um seine Karte zu sehen.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/earlier.py"/>
        <source>{0} metrics</source>
        <translation>{0} Metriken</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/words.py"/>
        <source>{0} to {1}</source>
        <translation>{0} bis {1}</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/tables_tab.py"/>
        <source>{0} undefined</source>
        <translation>{0} undefiniert</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/image_figures.py"/>
        <source>{0} · {1} · {2}: precision {3}, sensitivity {4}</source>
        <translation>{0} · {1} · {2}: Präzision {3}, Sensitivität {4}</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>{0}, AUC {1}</source>
        <translation>{0}, AUC {1}</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>{0}, error {1}</source>
        <translation>{0}, Fehler {1}</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/image_figures.py"/>
        <source>{0}: number of images; the colour is the share of the row.</source>
        <translation>{0}: Anzahl der Bilder; die Farbe ist der Anteil an der Zeile.</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>{0}: sensitivity {1}, specificity {2}</source>
        <translation>{0}: Sensitivität {1}, Spezifität {2}</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>{0}: {1} after {2}</source>
        <translation>{0}: {1} nach {2}</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>{0}: {1} at {2} = {3}</source>
        <translation>{0}: {1} bei {2} = {3}</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/line_figures.py"/>
        <source>{0}: {1} right at confidence {2}, {3} images</source>
        <translation>{0}: {1} richtig bei Konfidenz {2}, {3} Bilder</translation>
    </message>
    <message>
        <location filename="../../app/evaluation/image_figures.py"/>
        <source>{0}: {1}, median {2} of {3} images</source>
        <translation>{0}: {1}, Median {2} aus {3} Bildern</translation>
    </message>
</context>
<context>
    <name>figure</name>
    <message>
        <location filename="../../app/output/figure_choices.py"/>
        <source>No case is chosen.</source>
        <translation>Kein Fall ist gewählt.</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_choices.py"/>
        <source>No method is chosen.</source>
        <translation>Keine Methode ist gewählt.</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_choices.py"/>
        <source>No model is chosen.</source>
        <translation>Kein Modell ist gewählt.</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_choices.py"/>
        <source>The protocol hides what models say of {0} of these cases until your first read is locked; lock it first, or choose other cases.</source>
        <translation>Das Protokoll verbirgt bei {0} dieser Fälle, was Modelle sagen, bis Ihre Erstbefundung abgeschlossen ist; schließen Sie sie zuerst ab, oder wählen Sie andere Fälle.</translation>
    </message>
    <message>
        <location filename="../../app/output/figure_choices.py"/>
        <source>{0} cases are too many for one figure; choose {1} at most.</source>
        <translation>{0} Fälle sind zu viele für eine Abbildung; wählen Sie höchstens {1}.</translation>
    </message>
</context>
<context>
    <name>saving</name>
    <message>
        <location filename="../../app/saving.py"/>
        <source>{0} already exists. Replace it?</source>
        <translation>{0} gibt es schon. Ersetzen?</translation>
    </message>
    <message>
        <location filename="../../app/saving.py"/>
        <source>{0} belongs to the open study; choose another name.</source>
        <translation>{0} gehört zur geöffneten Studie; wählen Sie einen anderen Namen.</translation>
    </message>
</context>
<context>
    <name>sizes</name>
    <message>
        <location filename="../../app/annotate/sizes.py"/>
        <source>Area: {0}</source>
        <translation>Fläche: {0}</translation>
    </message>
    <message>
        <location filename="../../app/annotate/sizes.py"/>
        <source>Outline: {0}</source>
        <translation>Umriss: {0}</translation>
    </message>
    <message>
        <location filename="../../app/annotate/sizes.py"/>
        <source>Pixel spacing unknown: sizes are in image pixels.</source>
        <translation>Pixelabstand unbekannt: Größen in Bildpixeln.</translation>
    </message>
</context>
<context>
    <name>texts</name>
    <message>
        <location filename="../../app/research_strip.py"/>
        <source>   Demo: drawn phantoms.</source>
        <translation>   Demo: gezeichnete Phantome.</translation>
    </message>
    <message>
        <location filename="../../app/research_strip.py"/>
        <source>   Demo: phantoms drawn by this program, not images of patients.</source>
        <translation>   Demo: von diesem Programm gezeichnete Phantome, keine Bilder von Patienten.</translation>
    </message>
    <message>
        <location filename="../../app/compare/difference.py"/>
        <source>+ : where {0} is stronger</source>
        <translation>+ : wo {0} stärker ist</translation>
    </message>
    <message>
        <location filename="../../app/compare/difference.py"/>
        <source>+ {0} stronger, {2} {1} stronger</source>
        <translation>+ {0} stärker, {2} {1} stärker</translation>
    </message>
    <message>
        <location filename="../../app/compare/difference.py"/>
        <source>+ {0}, {2} {1}</source>
        <translation>+ {0}, {2} {1}</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>1 case</source>
        <translation>1 Fall</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>1 mark</source>
        <translation>1 Markierung</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>A black box has no evidence of its own; open a SoftCAM model beside it.</source>
        <translation>Eine Blackbox hat keine eigene Evidenz; öffnen Sie daneben ein SoftCAM-Modell.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>A black box has no evidence to account for; open a SoftCAM model.</source>
        <translation>Eine Blackbox hat keine Evidenz, über die sich Buch führen ließe; öffnen Sie ein SoftCAM-Modell.</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>A few seconds left.</source>
        <translation>Noch wenige Sekunden.</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>A model for images of another kind than this one.</source>
        <translation>Ein Modell für Bilder anderer Art als dieses.</translation>
    </message>
    <message>
        <location filename="../../app/compare/slot.py"/>
        <source>AP, activation precision: the share of the map&apos;s positive part that lies inside the marks.
AS, activation sensitivity: how strongly the map covers the marks, from 0 to 1; a map that is bright everywhere scores high.
Whose marks: chosen in the dock; yours where nothing else is said.</source>
        <translation>AP, Aktivierungspräzision: der Anteil des positiven Teils der Karte, der innerhalb der Markierungen liegt.
AS, Aktivierungssensitivität: wie stark die Karte die Markierungen bedeckt, von 0 bis 1; eine überall helle Karte erreicht hohe Werte.
Wessen Markierungen: im Bereich rechts gewählt; Ihre, wenn nichts anderes dasteht.</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>About {0} h {1} min left.</source>
        <translation>Noch etwa {0} h {1} min.</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>About {0} min left.</source>
        <translation>Noch etwa {0} min.</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>About {0} s left.</source>
        <translation>Noch etwa {0} s.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>Add {0}</source>
        <translation>{0} hinzufügen</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>Adding up {0} marks…</source>
        <translation>{0} Markierungen werden addiert…</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/waterfall.py"/>
        <source>All other cells add {0}.</source>
        <translation>Alle anderen Zellen tragen {0} bei.</translation>
    </message>
    <message>
        <location filename="../../app/compare/panes.py"/>
        <source>All {0} panes are in use: close one (Compare &gt; Close pane), and the difference has a place.</source>
        <translation>Alle {0} Bildfelder sind belegt: Ist eines geschlossen (Vergleichen &gt; Bildfeld schließen), hat die Differenz Platz.</translation>
    </message>
    <message>
        <location filename="../../app/compare/titles.py"/>
        <source>Annotations</source>
        <translation>Annotationen</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>Annotations only</source>
        <translation>Nur Annotationen</translation>
    </message>
    <message>
        <location filename="../../app/compare/offer.py"/>
        <source>Answer the notice</source>
        <translation>Auf den Hinweis antworten</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>As in all panes</source>
        <translation>Wie in allen Bildfeldern</translation>
    </message>
    <message>
        <location filename="../../app/compare/difference.py"/>
        <source>Both maps are evidence: their difference is in logits.</source>
        <translation>Beide Karten sind Evidenz: Ihre Differenz steht in Logits.</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <location filename="../../app/output/copying.py"/>
        <source>Case {0}</source>
        <translation>Fall {0}</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>Certainty of {0}: {1}</source>
        <translation>Sicherheit von {0}: {1}</translation>
    </message>
    <message>
        <location filename="../../app/compare/drop_hint.py"/>
        <source>Change places</source>
        <translation>Plätze tauschen</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>Change {0}</source>
        <translation>{0} ändern</translation>
    </message>
    <message>
        <location filename="../../app/compare/difference.py"/>
        <source>Choose in the pane&apos;s menu which map to compare with.</source>
        <translation>Wählen Sie im Menü des Bildfelds, mit welcher Karte verglichen wird.</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>Choose what this pane shows</source>
        <translation>Wählen, was dieses Bildfeld zeigt</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>Chosen by the map</source>
        <translation>Von der Karte gewählt</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>Clear grade</source>
        <translation>Grad entfernen</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>Close this pane</source>
        <translation>Dieses Bildfeld schließen</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>Compute</source>
        <translation>Berechnen</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>Compute again</source>
        <translation>Neu berechnen</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>Computed after the fact: it approximates what moved the model, and may miss it.</source>
        <translation>Nachträglich berechnet: Sie nähert an, was das Modell bewegt hat, und kann es verfehlen.</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>Computing</source>
        <translation>Wird berechnet</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>Computing the evidence…</source>
        <translation>Die Evidenz wird berechnet…</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>Delete {0}</source>
        <translation>{0} löschen</translation>
    </message>
    <message>
        <location filename="../../app/output/copying.py"/>
        <source>Demo: drawn phantoms.</source>
        <translation>Demo: gezeichnete Phantome.</translation>
    </message>
    <message>
        <location filename="../../app/compare/titles.py"/>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>Difference to</source>
        <translation>Differenz zu</translation>
    </message>
    <message>
        <location filename="../../app/compare/slot.py"/>
        <source>Draw marks to see how the map agrees with them.</source>
        <translation>Zeichnen Sie Markierungen, um zu sehen, wie die Karte zu ihnen passt.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>Draw or select a region, or lasso one (Q), to see what it adds.</source>
        <translation>Zeichnen oder wählen Sie eine Region, oder umranden Sie eine mit dem Lasso (Q), um zu sehen, was sie beiträgt.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/class_swatch.py"/>
        <source>Draw {0}</source>
        <translation>{0} zeichnen</translation>
    </message>
    <message>
        <location filename="../../app/evidence/many_classes.py"/>
        <source>Draw {0} or leave it out (Space)</source>
        <translation>{0} zeichnen oder weglassen (Leertaste)</translation>
    </message>
    <message>
        <location filename="../../app/evidence/class_swatch.py"/>
        <source>Draw {0} or leave it out; right-click for its opacity</source>
        <translation>{0} zeichnen oder weglassen; Rechtsklick für die Deckkraft</translation>
    </message>
    <message>
        <location filename="../../app/compare/difference.py"/>
        <source>Each map is divided by its limit first, the value of its full colour: 1 limit more is full colour in the one where the other has none.</source>
        <translation>Jede Karte wird zuerst durch ihre Grenze geteilt, den Wert ihrer vollen Farbe: 1 Grenze mehr heißt volle Farbe in der einen, wo die andere keine hat.</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>Evidence for a class that is not predicted: its mean is that class&apos;s logit.</source>
        <translation>Evidenz für eine nicht vorhergesagte Klasse: Ihr Mittelwert ist der Logit dieser Klasse.</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>Follows the class in view</source>
        <translation>Folgt der gezeigten Klasse</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>Grade {0}</source>
        <translation>Grad {0}</translation>
    </message>
    <message>
        <location filename="../../app/canvas/legend_menu.py"/>
        <source>Half the limit: stronger colours</source>
        <translation>Halbe Grenze: kräftigere Farben</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>Hidden until both readers have locked a first read of this case.</source>
        <translation>Verborgen, bis beide Befunder eine Erstbefundung dieses Falls abgeschlossen haben.</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>Hidden until you have locked a first read of this case yourself.</source>
        <translation>Verborgen, bis Sie selbst eine Erstbefundung dieses Falls abgeschlossen haben.</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>Hidden until your first read is locked (Ctrl+Return).</source>
        <translation>Verborgen, bis Ihre Erstbefundung abgeschlossen ist (Strg+Eingabe).</translation>
    </message>
    <message>
        <location filename="../../app/compare/offer.py"/>
        <source>Hide the notice</source>
        <translation>Hinweis ausblenden</translation>
    </message>
    <message>
        <location filename="../../app/compare/offer.py"/>
        <source>Hide this for such a pane</source>
        <translation>Dies bei einem solchen Bildfeld ausblenden</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>Hide {0}</source>
        <translation>{0} ausblenden</translation>
    </message>
    <message>
        <location filename="../../app/compare/titles.py"/>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>Image only</source>
        <translation>Nur das Bild</translation>
    </message>
    <message>
        <location filename="../../app/compare/grid.py"/>
        <source>Image panes</source>
        <translation>Bildfelder</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>In this sense: cell by cell, up to one factor. AP, AS and rank correlation may still differ slightly: negative cells and the bias count in one of the maps alone, and maps are smoothed between their cells.</source>
        <translation>In diesem Sinn: Zelle für Zelle, bis auf einen Faktor. AP, AS und Rangkorrelation können dennoch leicht abweichen: Negative Zellen und der Bias zählen nur in einer der Karten, und Karten werden zwischen ihren Zellen geglättet.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/model_trained.py"/>
        <source>Its part in this model</source>
        <translation>Sein Anteil an diesem Modell</translation>
    </message>
    <message>
        <location filename="../../app/canvas/legend_menu.py"/>
        <source>Limit of these maps</source>
        <translation>Grenze dieser Karten</translation>
    </message>
    <message>
        <location filename="../../app/canvas/legend_menu.py"/>
        <source>Limit of these maps…</source>
        <translation>Grenze dieser Karten…</translation>
    </message>
    <message>
        <location filename="../../app/compare/link_mark.py"/>
        <source>Link pane {0} again</source>
        <translation>Bildfeld {0} wieder koppeln</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>Loading models…</source>
        <translation>Modelle werden geladen…</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>Lock {0}</source>
        <translation>{0} sperren</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>Made from a second head, trained only to locate; the first head alone predicts.</source>
        <translation>Von einem zweiten Kopf, der nur auf das Lokalisieren trainiert ist; allein der erste Kopf sagt vorher.</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>Map of pane {0}</source>
        <translation>Karte von Bildfeld {0}</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>Maps are switched off, in every pane; key E shows them again.</source>
        <translation>Die Karten sind in allen Ansichten ausgeschaltet; Taste E zeigt sie wieder.</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <location filename="../../app/compare/partner.py"/>
        <source>Models (*.safetensors)</source>
        <translation>Modelle (*.safetensors)</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>More speaks against it: its logit is {0}.</source>
        <translation>Mehr spricht dagegen: Der Logit ist {0}.</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>Move left</source>
        <translation>Nach links</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>Move right</source>
        <translation>Nach rechts</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>Move {0}</source>
        <translation>{0} verschieben</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>Moves with the others</source>
        <translation>Bewegt sich mit den anderen</translation>
    </message>
    <message>
        <location filename="../../app/compare/layout_dialog.py"/>
        <source>Name of the layout</source>
        <translation>Name der Anordnung</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>No black box with these classes lies beside the model, to compare with.</source>
        <translation>Neben dem Modell liegt keine Black Box mit diesen Klassen zum Vergleich.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>No cell speaks for “{0}” (logit {1}); it is predicted because the logits of all other classes are lower.</source>
        <translation>Keine Zelle spricht für „{0}“ (Logit {1}); vorhergesagt wird sie, weil die Logits aller anderen Klassen niedriger sind.</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>No map and no marks lie over the image.</source>
        <translation>Weder Karte noch Markierungen liegen über dem Bild.</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>No map and no marks over the image</source>
        <translation>Weder Karte noch Markierungen über dem Bild</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>None of the open models suits this kind of image.</source>
        <translation>Keines der geöffneten Modelle passt zu dieser Art von Bild.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>Note on {0}</source>
        <translation>Notiz zu {0}</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>Nothing in this image speaks for “{0}” (logit {1}).</source>
        <translation>Nichts in diesem Bild spricht für „{0}“ (Logit {1}).</translation>
    </message>
    <message>
        <location filename="../../app/compare/offer.py"/>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <location filename="../../app/compare/difference.py"/>
        <source>One of these limits is your own.</source>
        <translation>Eine dieser Grenzen ist eine eigene.</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>Opacity of this pane</source>
        <translation>Deckkraft dieses Bildfelds</translation>
    </message>
    <message>
        <location filename="../../app/evidence/class_swatch.py"/>
        <source>Opacity of {0}, in percent</source>
        <translation>Deckkraft von {0}, in Prozent</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>Open a SoftCAM model to see where its prediction comes from.</source>
        <translation>Öffnen Sie ein SoftCAM-Modell, um zu sehen, woher die Vorhersage kommt.</translation>
    </message>
    <message>
        <location filename="../../app/compare/builtin.py"/>
        <source>Open a model first; this layout is of its maps.</source>
        <translation>Öffnen Sie zuerst ein Modell; diese Anordnung ist aus dessen Karten.</translation>
    </message>
    <message>
        <location filename="../../app/compare/builtin.py"/>
        <source>Open a second SoftCAM model to see the evidence of both side by side.</source>
        <translation>Öffnen Sie ein zweites SoftCAM-Modell, um die Evidenz beider nebeneinander zu sehen.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>Open an image to see where its prediction comes from.</source>
        <translation>Öffnen Sie ein Bild, um zu sehen, woher die Vorhersage kommt.</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>Open black box</source>
        <translation>Blackbox öffnen</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>Out of date</source>
        <translation>Veraltet</translation>
    </message>
    <message>
        <location filename="../../app/compare/offer.py"/>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <location filename="../../app/compare/titles.py"/>
        <source>Rank correlation (Spearman): do both maps order the places of the image alike? 1: the same order, 0: none in common, {0}1: the opposite.
IoU of top 10 %: of the cells that are among the highest tenth of either map, the share that is so in both.
Both are computed at the coarser of the two grids, over the part of the image that both maps cover; the finer map is averaged over its cells. Equal values share their rank. A dash: one of the maps is the same everywhere.</source>
        <translation>Rangkorrelation (Spearman): Ordnen beide Karten die Stellen des Bildes gleich? 1: dieselbe Reihenfolge, 0: keine gemeinsame, {0}1: die umgekehrte.
IoU der obersten 10 %: der Anteil der Zellen, die in beiden zum höchsten Zehntel gehören, an denen, die es in einer von beiden tun.
Beide werden auf dem gröberen der beiden Raster berechnet, über dem Teil des Bildes, den beide Karten bedecken; die feinere Karte wird über dessen Zellen gemittelt. Gleiche Werte teilen sich ihren Rang. Ein Strich: Eine der Karten ist überall gleich.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/waterfall.py"/>
        <source>Region {0}, {1}, cells: {2}. It adds {3}; together {4}.</source>
        <translation>Region {0}, {1}, Zellen: {2}. Sie trägt {3} bei; zusammen {4}.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>Relabel {0} to {1}</source>
        <translation>{0} umbenennen in {1}</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>Reorder {0}</source>
        <translation>{0} umordnen</translation>
    </message>
    <message>
        <location filename="../../app/output/copying.py"/>
        <source>Research use only</source>
        <translation>Nur für die Forschung</translation>
    </message>
    <message>
        <location filename="../../app/research_strip.py"/>
        <source>Research use only. Not for diagnosis.</source>
        <translation>Nur für Forschungszwecke. Nicht zur Diagnose.</translation>
    </message>
    <message>
        <location filename="../../app/compare/layout_dialog.py"/>
        <source>Save layout</source>
        <translation>Anordnung speichern</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>Show black box</source>
        <translation>Blackbox zeigen</translation>
    </message>
    <message>
        <location filename="../../app/compare/panes.py"/>
        <source>Show two maps side by side; then their difference can be shown.</source>
        <translation>Zeigen Sie zwei Karten nebeneinander; dann lässt sich ihre Differenz zeigen.</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>Show {0}</source>
        <translation>{0} zeigen</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>Slow map</source>
        <translation>Langsame Karte</translation>
    </message>
    <message>
        <location filename="../../app/safety/damaged.py"/>
        <source>The copy of {0} is the study now.</source>
        <translation>Die Kopie vom {0} ist jetzt die Studie.</translation>
    </message>
    <message>
        <location filename="../../app/safety/damaged.py"/>
        <source>The copy of {0} is the study now. The damaged file is {1}.</source>
        <translation>Die Kopie vom {0} ist jetzt die Studie. Die beschädigte Datei ist {1}.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>The image cannot be read, so there is no evidence of it.</source>
        <translation>Das Bild kann nicht gelesen werden, daher gibt es dafür keine Evidenz.</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>The image file has changed since this was computed.</source>
        <translation>Die Bilddatei hat sich geändert, seit dies berechnet wurde.</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>The image under its marks, without a map</source>
        <translation>Das Bild unter seinen Markierungen, ohne Karte</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/waterfall.py"/>
        <source>The logit of {0} is {1}.</source>
        <translation>Der Logit von {0} ist {1}.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>The map looks empty: its strongest cell is {0}, and its colours run to {1}. Many weak cells make the logit.</source>
        <translation>Die Karte sieht leer aus: Ihre stärkste Zelle hat {0}, die Farben reichen bis {1}. Viele schwache Zellen ergeben den Logit.</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>The mean of these cells is the class&apos;s logit: they are the prediction itself.</source>
        <translation>Der Mittelwert dieser Zellen ist der Logit der Klasse: Sie sind die Vorhersage selbst.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>The model does not see {0}.</source>
        <translation>Das Modell sieht nichts von {0}.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/model_trained.py"/>
        <source>The open study</source>
        <translation>Die geöffnete Studie</translation>
    </message>
    <message>
        <location filename="../../app/state/__init__.py"/>
        <source>The panes of an adjudication stay until it is ended.</source>
        <translation>Die Bildfelder einer Adjudikation bleiben, bis sie beendet ist.</translation>
    </message>
    <message>
        <location filename="../../app/command_line.py"/>
        <source>The study {0} is no longer there; open a folder or a study.</source>
        <translation>Die Studie {0} ist nicht mehr vorhanden; öffnen Sie einen Ordner oder eine Studie.</translation>
    </message>
    <message>
        <location filename="../../app/canvas/legend_menu.py"/>
        <source>The study&apos;s limit again</source>
        <translation>Wieder die Grenze der Studie</translation>
    </message>
    <message>
        <location filename="../../app/compare/difference.py"/>
        <source>The two maps have no part of the image in common.</source>
        <translation>Die beiden Karten haben keinen Teil des Bildes gemeinsam.</translation>
    </message>
    <message>
        <location filename="../../app/compare/layout_dialog.py"/>
        <source>There is a layout “{0}” already. Replace it?</source>
        <translation>Eine Anordnung „{0}“ gibt es schon. Ersetzen?</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>This image cannot be read.</source>
        <translation>Dieses Bild ist nicht lesbar.</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>This model has no class “{0}”.</source>
        <translation>Dieses Modell hat keine Klasse „{0}“.</translation>
    </message>
    <message>
        <location filename="../../app/compare/link_mark.py"/>
        <source>This pane moves alone: zoom, cursor and brightness. Click to link it again.</source>
        <translation>Dieses Bildfeld bewegt sich allein: Zoom, Mauszeiger und Helligkeit. Ein Klick koppelt es wieder.</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>Try again?</source>
        <translation>Noch einmal versuchen?</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>Turn the difference round</source>
        <translation>Differenz umdrehen</translation>
    </message>
    <message>
        <location filename="../../app/canvas/legend_menu.py"/>
        <source>Twice the limit: weaker colours</source>
        <translation>Doppelte Grenze: schwächere Farben</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>Unlock {0}</source>
        <translation>{0} entsperren</translation>
    </message>
    <message>
        <location filename="../../app/canvas/legend_menu.py"/>
        <source>Value of full colour in {0}, the same for every case of this study.
Maps of other methods and models keep theirs.</source>
        <translation>Wert der vollen Farbe in {0}, derselbe für jeden Fall dieser Studie.
Karten anderer Methoden und Modelle behalten ihren.</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>Waits</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <location filename="../../app/compare/drop_hint.py"/>
        <source>Where the pane would go</source>
        <translation>Wohin das Bildfeld käme</translation>
    </message>
    <message>
        <location filename="../../app/compare/difference.py"/>
        <source>With {0} (pane {1}): {2}</source>
        <translation>Mit {0} (Bildfeld {1}): {2}</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>You have adjudicated in this study and can make no blinded first read of it.</source>
        <translation>Sie haben in dieser Studie adjudiziert und können darin keine verblindete Erstbefundung mehr vornehmen.</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>against</source>
        <translation>gegen</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>angle</source>
        <translation>Winkel</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>annotations of {0}</source>
        <translation>Annotationen von {0}</translation>
    </message>
    <message>
        <location filename="../../app/canvas/class_maps.py"/>
        <source>another class</source>
        <translation>andere Klasse</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/waterfall.py"/>
        <source>bottom</source>
        <translation>unten</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>box</source>
        <translation>Rechteck</translation>
    </message>
    <message>
        <location filename="../../app/compare/cursor.py"/>
        <source>cell {0} {1}</source>
        <translation>Zelle {0} {1}</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/waterfall.py"/>
        <source>centre</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <location filename="../../app/worklist/filter.py"/>
        <source>class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>computing</source>
        <translation>wird berechnet</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>definite</source>
        <translation>sicher</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>demo model: not valid here</source>
        <translation>Demomodell: hier nicht gültig</translation>
    </message>
    <message>
        <location filename="../../app/compare/difference.py"/>
        <source>difference of {0} and {1}</source>
        <translation>Differenz von {0} und {1}</translation>
    </message>
    <message>
        <location filename="../../app/worklist/filter.py"/>
        <source>disagree</source>
        <translation>uneinig</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>eight</source>
        <translation>acht</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>ellipse</source>
        <translation>Ellipse</translation>
    </message>
    <message>
        <location filename="../../app/help/window.py"/>
        <source>en</source>
        <translation>de</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>five</source>
        <translation>fünf</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>flagged</source>
        <translation>gekennzeichnet</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>for</source>
        <translation>für</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>four</source>
        <translation>vier</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>freehand</source>
        <translation>Freihand</translation>
    </message>
    <message>
        <location filename="../../app/evidence/model_trained.py"/>
        <source>given with the images</source>
        <translation>mit den Bildern geliefert</translation>
    </message>
    <message>
        <location filename="../../app/worklist/filter.py"/>
        <source>grade</source>
        <translation>grad</translation>
    </message>
    <message>
        <location filename="../../app/compare/slot.py"/>
        <source>hardly to be seen ({0})</source>
        <translation>kaum zu sehen ({0})</translation>
    </message>
    <message>
        <location filename="../../app/compare/slot.py"/>
        <source>hardly to be seen: at most {0} of the limit</source>
        <translation>kaum zu sehen: höchstens {0} der Grenze</translation>
    </message>
    <message>
        <location filename="../../app/compare/model_words.py"/>
        <source>identical</source>
        <translation>identisch</translation>
    </message>
    <message>
        <location filename="../../app/compare/model_words.py"/>
        <source>identical by construction</source>
        <translation>konstruktionsbedingt identisch</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>identical by construction to {0}</source>
        <translation>konstruktionsbedingt identisch mit {0}</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>in progress</source>
        <translation>in Arbeit</translation>
    </message>
    <message>
        <location filename="../../app/compare/difference.py"/>
        <source>is being compared</source>
        <translation>wird verglichen</translation>
    </message>
    <message>
        <location filename="../../app/compare/model_words.py"/>
        <source>is its own prediction</source>
        <translation>ist dessen eigene Vorhersage</translation>
    </message>
    <message>
        <location filename="../../app/compare/model_words.py"/>
        <source>is the prediction</source>
        <translation>ist die Vorhersage</translation>
    </message>
    <message>
        <location filename="../../app/compare/model_words.py"/>
        <source>is the score of a class not predicted</source>
        <translation>ist der Wert einer nicht vorhergesagten Klasse</translation>
    </message>
    <message>
        <location filename="../../app/compare/model_words.py"/>
        <source>its prediction</source>
        <translation>dessen Vorhersage</translation>
    </message>
    <message>
        <location filename="../../app/worklist/filter.py"/>
        <source>label</source>
        <translation>Label</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/waterfall.py"/>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <location filename="../../app/compare/difference.py"/>
        <source>limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>localization branch, not the prediction</source>
        <translation>Lokalisationszweig, nicht die Vorhersage</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/waterfall.py"/>
        <source>logit</source>
        <translation>Logit</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/waterfall.py"/>
        <source>lower left</source>
        <translation>unten links</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/waterfall.py"/>
        <source>lower right</source>
        <translation>unten rechts</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>maps are hidden</source>
        <translation>Karten ausgeblendet</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>maps are hidden (E shows them)</source>
        <translation>Karten ausgeblendet (E zeigt sie)</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>marks: {0}</source>
        <translation>Markierungen: {0}</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>nine</source>
        <translation>neun</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>no model is open</source>
        <translation>kein Modell ist geöffnet</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>not computed</source>
        <translation>nicht berechnet</translation>
    </message>
    <message>
        <location filename="../../app/worklist/model.py"/>
        <source>not graded</source>
        <translation>nicht gradiert</translation>
    </message>
    <message>
        <location filename="../../app/compare/model_words.py"/>
        <source>not predicted</source>
        <translation>nicht vorhergesagt</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>not said</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <location filename="../../app/compare/slot.py"/>
        <source>nothing above {0} of the limit</source>
        <translation>nichts über {0} der Grenze</translation>
    </message>
    <message>
        <location filename="../../app/safety/damaged.py"/>
        <source>nothing known is lost</source>
        <translation>nichts Bekanntes ist verloren</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>out of date: the file has changed</source>
        <translation>veraltet: Die Datei hat sich geändert</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>point</source>
        <translation>Punkt</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>polygon</source>
        <translation>Polygon</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>possible</source>
        <translation>möglich</translation>
    </message>
    <message>
        <location filename="../../app/compare/model_words.py"/>
        <source>post-hoc</source>
        <translation>post hoc</translation>
    </message>
    <message>
        <location filename="../../app/compare/model_words.py"/>
        <source>post-hoc approximation</source>
        <translation>Post-hoc-Näherung</translation>
    </message>
    <message>
        <location filename="../../app/worklist/model.py"/>
        <source>predicted {0} {1}</source>
        <translation>vorhergesagt {0} {1}</translation>
    </message>
    <message>
        <location filename="../../app/compare/model_words.py"/>
        <source>prediction</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <location filename="../../app/compare/model_words.py"/>
        <source>predicts {0} {1}</source>
        <translation>sagt {0} {1} vorher</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>probable</source>
        <translation>wahrscheinlich</translation>
    </message>
    <message>
        <location filename="../../app/compare/titles.py"/>
        <source>rank correlation {0} · IoU of top 10 % {1}</source>
        <translation>Rangkorrelation {0} · IoU der obersten 10 % {1}</translation>
    </message>
    <message>
        <location filename="../../app/compare/titles.py"/>
        <source>rank {0} · IoU {1}</source>
        <translation>Rang {0} · IoU {1}</translation>
    </message>
    <message>
        <location filename="../../app/worklist/filter.py"/>
        <source>reader</source>
        <translation>befunder</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/waterfall.py"/>
        <source>rest</source>
        <translation>Rest</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/waterfall.py"/>
        <source>right</source>
        <translation>richtig</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>seven</source>
        <translation>sieben</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>several classes</source>
        <translation>mehrere Klassen</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>six</source>
        <translation>sechs</translation>
    </message>
    <message>
        <location filename="../../app/annotate/step_words.py"/>
        <source>spline</source>
        <translation>Kurve</translation>
    </message>
    <message>
        <location filename="../../app/worklist/filter.py"/>
        <source>status</source>
        <translation>Status</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>strongest class</source>
        <translation>stärkste Klasse</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>the adjudicated marks</source>
        <translation>die adjudizierten Markierungen</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>the image alone</source>
        <translation>nur das Bild</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>the lassoed region</source>
        <translation>der Lasso-Region</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>the marked region</source>
        <translation>der markierten Region</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>the marked {0}</source>
        <translation>der Markierung {0}</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>the marks of {0}</source>
        <translation>die Markierungen von {0}</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>the strongest region {0} of “{1}”</source>
        <translation>der stärksten Region {0} von „{1}“</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>the {0} lesions marked {1}</source>
        <translation>den {0} mit {1} markierten Läsionen</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>the {0} marked lesions</source>
        <translation>den {0} markierten Läsionen</translation>
    </message>
    <message>
        <location filename="../../app/compare/overlaid.py"/>
        <source>this cell sees all that the model is shown</source>
        <translation>Diese Zelle sieht alles, was dem Modell gezeigt wird</translation>
    </message>
    <message>
        <location filename="../../app/compare/overlaid.py"/>
        <source>this cell sees the whole image</source>
        <translation>Diese Zelle sieht das ganze Bild</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>three</source>
        <translation>drei</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/waterfall.py"/>
        <source>top</source>
        <translation>oben</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>two</source>
        <translation>zwei</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>unread</source>
        <translation>ungelesen</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/waterfall.py"/>
        <source>upper left</source>
        <translation>oben links</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/waterfall.py"/>
        <source>upper right</source>
        <translation>oben rechts</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>what any reader marked (union)</source>
        <translation>was irgendein Befunder markiert hat (Vereinigung)</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>what most readers marked (majority)</source>
        <translation>was die meisten Befunder markiert haben (Mehrheit)</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>your marks ({0})</source>
        <translation>Ihre Markierungen ({0})</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>{0}  (pane {1})</source>
        <translation>{0}  (Bildfeld {1})</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>{0}  · slow</source>
        <translation>{0}  · langsam</translation>
    </message>
    <message>
        <location filename="../../app/compare/header.py"/>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <location filename="../../app/presenting.py"/>
        <source>{0} (not predicted)</source>
        <translation>{0} (nicht vorhergesagt)</translation>
    </message>
    <message>
        <location filename="../../app/compare/difference.py"/>
        <source>{0} and {1}</source>
        <translation>{0} und {1}</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>{0} cases</source>
        <translation>{0} Fälle</translation>
    </message>
    <message>
        <location filename="../../app/compare/difference.py"/>
        <source>{0} is being compared</source>
        <translation>{0} wird verglichen</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>{0} is being computed.</source>
        <translation>{0} wird berechnet.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/many_classes.py"/>
        <source>{0} is drawn</source>
        <translation>{0} ist gezeichnet</translation>
    </message>
    <message>
        <location filename="../../app/evidence/many_classes.py"/>
        <source>{0} is left out</source>
        <translation>{0} ist weggelassen</translation>
    </message>
    <message>
        <location filename="../../app/compare/difference.py"/>
        <source>{0} is missing</source>
        <translation>{0} fehlt</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>{0} marks</source>
        <translation>{0} Markierungen</translation>
    </message>
    <message>
        <location filename="../../app/safety/damaged.py"/>
        <source>{0} marks were read ({1}). The damaged file is {2} now.</source>
        <translation>{0} Markierungen wurden gelesen ({1}). Die beschädigte Datei ist jetzt {2}.</translation>
    </message>
    <message>
        <location filename="../../app/evidence/ledger/words.py"/>
        <source>{0} of the evidence for “{1}” lies inside {2}.</source>
        <translation>{0} der Evidenz für „{1}“ liegen in {2}.</translation>
    </message>
    <message>
        <location filename="../../app/compare/difference.py"/>
        <source>{0} stronger</source>
        <translation>{0} stärker</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>{0} takes many passes of the network.</source>
        <translation>{0} braucht viele Durchgänge des Netzes.</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>{0} takes many passes of the network; for {1} it is not computed yet.</source>
        <translation>{0} braucht viele Durchgänge des Netzes; für {1} ist es noch nicht berechnet.</translation>
    </message>
    <message>
        <location filename="../../app/compare/description.py"/>
        <source>{0} waits for its turn.</source>
        <translation>{0} wartet, bis es an der Reihe ist.</translation>
    </message>
    <message>
        <location filename="../../app/compare/cursor.py"/>
        <source>{0} {1}</source>
        <translation>{0} {1}</translation>
    </message>
    <message>
        <location filename="../../app/compare/slot.py"/>
        <source>{0} · {1}</source>
        <translation>{0} · {1}</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>{0}: cell {1} · adds {2} to the logit</source>
        <translation>{0}: Zelle {1} · trägt {2} zum Logit bei</translation>
    </message>
    <message>
        <location filename="../../app/texts.py"/>
        <source>{0}: cell {1} · adds {2} to the logit {3} ({4} %)</source>
        <translation>{0}: Zelle {1} · trägt {2} zum Logit {3} bei ({4} %)</translation>
    </message>
    <message>
        <location filename="../../app/compare/slot.py"/>
        <source>{0}: drawn with an opacity of its own, {1}</source>
        <translation>{0}: mit eigener Deckkraft gezeichnet, {1}</translation>
    </message>
    <message>
        <location filename="../../app/compare/titles.py"/>
        <source>{0}: {1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <location filename="../../app/compare/difference.py"/>
        <source>− : where {0} is stronger</source>
        <translation>− : wo {0} stärker ist</translation>
    </message>
</context>
<context>
    <name>tour</name>
    <message>
        <location filename="../../app/tour/steps.py"/>
        <source>Box, outline, brush and more. Every mark is saved at once, in a study file of its own: the image is never changed, and there is no Save button to forget. Ctrl+Z takes anything back.</source>
        <translation>Rechteck, Umriss, Pinsel und mehr. Jede Markierung ist sofort gespeichert, in einer eigenen Studiendatei: Das Bild wird nie verändert, und es gibt kein Speichern, das man vergessen könnte. Strg+Z macht alles rückgängig.</translation>
    </message>
    <message>
        <location filename="../../app/tour/steps.py"/>
        <source>Choose the class whose evidence you want to see, by a click or the keys 1 to 9. The slider makes the colours stronger or weaker; hold H to see the image alone.</source>
        <translation>Wählen Sie die Klasse, deren Evidenz Sie sehen möchten, mit einem Klick oder den Tasten 1 bis 9. Der Regler macht die Farben kräftiger oder schwächer; halten Sie H, um nur das Bild zu sehen.</translation>
    </message>
    <message>
        <location filename="../../app/tour/steps.py"/>
        <source>Classes and opacity</source>
        <translation>Klassen und Deckkraft</translation>
    </message>
    <message>
        <location filename="../../app/tour/steps.py"/>
        <source>Compare, and find your way</source>
        <translation>Vergleichen und sich zurechtfinden</translation>
    </message>
    <message>
        <location filename="../../app/tour/steps.py"/>
        <source>Drawing</source>
        <translation>Zeichnen</translation>
    </message>
    <message>
        <location filename="../../app/tour/steps.py"/>
        <source>Each line is one image, with its status and what the model says. The arrow keys go through them, U goes to the next unread one. These ones are drawn phantoms, to try everything out.</source>
        <translation>Jede Zeile ist ein Bild, mit seinem Status und dem, was das Modell sagt. Die Pfeiltasten gehen hindurch, U geht zum nächsten ungelesenen. Diese hier sind gezeichnete Phantome zum Ausprobieren.</translation>
    </message>
    <message>
        <location filename="../../app/tour/steps.py"/>
        <source>F9 shows what all open models and methods say, side by side. Ctrl+K finds every action by its name, ? lists all keys, F1 is the help. This tour is in the menu Help.</source>
        <translation>F9 zeigt nebeneinander, was alle geöffneten Modelle und Methoden sagen. Strg+K findet jede Aktion nach ihrem Namen, ? zeigt alle Tasten, F1 ist die Hilfe. Dieser Rundgang steht im Menü Hilfe.</translation>
    </message>
    <message>
        <location filename="../../app/tour/steps.py"/>
        <source>Move over the image: you read exactly how much each place adds to the class&apos;s score. Draw a region, and you see its share, and the answer without it.</source>
        <translation>Bewegen Sie die Maus über das Bild: Sie lesen genau ab, wie viel jede Stelle zum Wert der Klasse beiträgt. Zeichnen Sie eine Region, und Sie sehen ihren Anteil und die Antwort ohne sie.</translation>
    </message>
    <message>
        <location filename="../../app/tour/steps.py"/>
        <source>The colours show where the evidence for the class lies. A pane that says “is the prediction” adds up to the model&apos;s answer exactly; “post-hoc approximation” is a guess made afterwards. The wheel zooms, dragging moves.</source>
        <translation>Die Farben zeigen, wo die Evidenz für die Klasse liegt. Ein Bildfeld mit „ist die Vorhersage“ ergibt in der Summe genau die Antwort des Modells; „Post-hoc-Näherung“ ist eine nachträgliche Vermutung. Das Mausrad zoomt, Ziehen verschiebt.</translation>
    </message>
    <message>
        <location filename="../../app/tour/steps.py"/>
        <source>The image, and why</source>
        <translation>Das Bild, und warum</translation>
    </message>
    <message>
        <location filename="../../app/tour/steps.py"/>
        <source>The ledger of evidence</source>
        <translation>Das Evidenzkonto</translation>
    </message>
    <message>
        <location filename="../../app/tour/steps.py"/>
        <source>Your cases</source>
        <translation>Ihre Fälle</translation>
    </message>
</context>
<context>
    <name>training</name>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>16 bits (GPU)</source>
        <translation>16 Bit (GPU)</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>32 bits</source>
        <translation>32 Bit</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>60 % train, 20 % validate, 20 % test</source>
        <translation>60 % Training, 20 % Validierung, 20 % Test</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>75 % train, 10 % validate, 15 % test</source>
        <translation>75 % Training, 10 % Validierung, 15 % Test</translation>
    </message>
    <message>
        <location filename="../../app/training/data_form.py"/>
        <source>75 % train, 25 % validate</source>
        <translation>75 % Training, 25 % Validierung</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>A folder per class</source>
        <translation>Ein Ordner je Klasse</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>A trained classifier stays as it is, to the last digit; a second head learns to locate.</source>
        <translation>Ein trainierter Klassifikator bleibt bis zur letzten Stelle, wie er ist; ein zweiter Kopf lernt zu lokalisieren.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/words.py"/>
        <source>AUC</source>
        <translation>AUC</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>About {0} for 1 epoch on {1}.</source>
        <translation>Etwa {0} für 1 Epoche auf {1}.</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>About {0} for {1} epochs on {2}.</source>
        <translation>Etwa {0} für {1} Epochen auf {2}.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <location filename="../../app/training/proposals.py"/>
        <source>An epoch uses {0} of {1} images, for it takes whole batches</source>
        <translation>Eine Epoche verwendet {0} von {1} Bildern, denn sie nimmt ganze Batches</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>An ordinary classifier, explained after the fact: what SoftCAM is compared with.</source>
        <translation>Ein gewöhnlicher Klassifikator, nachträglich erklärt: womit SoftCAM verglichen wird.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_model.py"/>
        <source>And the weights of its penalties.</source>
        <translation>Und die Gewichte seiner Strafen.</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>As in the authors&apos; code: chest film</source>
        <translation>Wie im Code der Autoren: Thorax</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>As in the authors&apos; code: fundus</source>
        <translation>Wie im Code der Autoren: Fundus</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Augmentation</source>
        <translation>Augmentierung</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Batches in a step</source>
        <translation>Batches je Schritt</translation>
    </message>
    <message>
        <location filename="../../app/training/live/comparison.py"/>
        <source>Best epoch</source>
        <translation>Beste Epoche</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Black box: no evidence</source>
        <translation>Blackbox: keine Evidenz</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Both penalties: between sparse and ridge.</source>
        <translation>Beide Strafen: zwischen Sparse und Ridge.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/comparison.py"/>
        <source>By validation accuracy.</source>
        <translation>Nach Validierungsgenauigkeit.</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Chest film: mirrored, turned a little</source>
        <translation>Thorax: gespiegelt, leicht gedreht</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Chest films</source>
        <translation>Thoraxaufnahmen</translation>
    </message>
    <message>
        <location filename="../../app/training/proposals.py"/>
        <source>Choose one</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>Chosen: {0}</source>
        <translation>Gewählt: {0}</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Class from</source>
        <translation>Klasse aus</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Class without lesions</source>
        <translation>Klasse ohne Läsionen</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Classes, in order</source>
        <translation>Klassen, der Reihe nach</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>ConvNeXt tiny</source>
        <translation>ConvNeXt tiny</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>Cross-entropy</source>
        <translation>Kreuzentropie</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Cut to the fundus</source>
        <translation>Auf den Fundus zugeschnitten</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Dense: no penalty</source>
        <translation>Dicht: keine Strafe</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>DenseNet-121</source>
        <translation>DenseNet-121</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Dual branch: a second head that locates</source>
        <translation>Dual Branch: ein zweiter Kopf, der lokalisiert</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Edits of the study so far</source>
        <translation>Bisherige Änderungen der Studie</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>EfficientNet B0</source>
        <translation>EfficientNet B0</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Elastic net: between the two</source>
        <translation>Elastic Net: zwischen beiden</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_model.py"/>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Evidence is kept low but not cut off: maps that miss less of a lesion (ridge penalty).</source>
        <translation>Evidenz wird niedrig gehalten, aber nicht abgeschnitten: Karten, die weniger von einer Läsion verfehlen (Ridge-Strafe).</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Evidence only where it counts: precise maps for small lesions (lasso penalty).</source>
        <translation>Evidenz nur, wo sie zählt: präzise Karten für kleine Läsionen (Lasso-Strafe).</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_model.py"/>
        <source>Finished ones, of those asked for.</source>
        <translation>Beendete, von den verlangten.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Fitted into the input</source>
        <translation>In den Eingang eingepasst</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Folder of images</source>
        <translation>Ordner mit Bildern</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Fundus photographs</source>
        <translation>Fundusaufnahmen</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Fundus: turned, mirrored, colours varied</source>
        <translation>Fundus: gedreht, gespiegelt, Farben variiert</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Hard cases of</source>
        <translation>Schwere Fälle von</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Hard cases, drawn times</source>
        <translation>Schwere Fälle, so oft gezogen</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <location filename="../../app/training/live/comparison.py"/>
        <source>Highest AUC</source>
        <translation>Höchste AUC</translation>
    </message>
    <message>
        <location filename="../../app/training/live/comparison.py"/>
        <source>Highest kappa</source>
        <translation>Höchstes Kappa</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Images in a batch</source>
        <translation>Bilder je Batch</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Inception v3 · the poster&apos;s</source>
        <translation>Inception v3 · aus dem Poster</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Input, px</source>
        <translation>Eingang, px</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Kaggle diabetic retinopathy</source>
        <translation>Kaggle, diabetische Retinopathie</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Keeping maps</source>
        <translation>Karten aufbewahren</translation>
    </message>
    <message>
        <location filename="../../app/training/live/comparison.py"/>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Kind of images</source>
        <translation>Art der Bilder</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Labels of</source>
        <translation>Labels von</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Layout</source>
        <translation>Aufbau</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>Lines of a run: {0}.</source>
        <translation>Linien eines Laufs: {0}.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Lowest learning rate</source>
        <translation>Niedrigste Lernrate</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>Mean over the seeds.</source>
        <translation>Mittel über die Startwerte.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/comparison.py"/>
        <source>Mean |evidence|</source>
        <translation>Mittlere |Evidenz|</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>Mean |evidence| of the validation images, logits</source>
        <translation>Mittlere |Evidenz| der Validierungsbilder, Logits</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Measuring the maps&apos; limits</source>
        <translation>Grenzen der Karten werden gemessen</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>MobileNet v3 small</source>
        <translation>MobileNet v3 small</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_model.py"/>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <location filename="../../app/training/proposals.py"/>
        <source>Nothing: random weights</source>
        <translation>Nichts: zufällige Gewichte</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>OCT B-scans</source>
        <translation>OCT-B-Scans</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>OCT: mirrored, shifted a little</source>
        <translation>OCT: gespiegelt, leicht verschoben</translation>
    </message>
    <message>
        <location filename="../../app/training/live/comparison.py"/>
        <source>Of all epochs, on the validation set.</source>
        <translation>Aus allen Epochen, auf dem Validierungssatz.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/comparison.py"/>
        <source>On the validation set, of the model of best accuracy.</source>
        <translation>Auf dem Validierungssatz, vom Modell der besten Genauigkeit.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_model.py"/>
        <source>On the validation set, of the most accurate model.</source>
        <translation>Auf dem Validierungssatz, vom genauesten Modell.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_model.py"/>
        <source>On the validation set, the highest of all epochs.</source>
        <translation>Auf dem Validierungssatz, der höchste Wert aller Epochen.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_model.py"/>
        <source>On the validation set.</source>
        <translation>Auf dem Validierungssatz.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_model.py"/>
        <source>On {0} validation images: one of them is {1} of the accuracy.</source>
        <translation>Auf {0} Validierungsbildern: Eines davon ist {1} der Genauigkeit.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_view.py"/>
        <source>One of the {0} validation images is {1} of the accuracy: this choice means little.</source>
        <translation>Eines der {0} Validierungsbilder ist {1} der Genauigkeit: Diese Wahl besagt wenig.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Options of the network</source>
        <translation>Optionen des Netzes</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Other images</source>
        <translation>Andere Bilder</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>Penalties are times their lambdas: the parts add up to the total.</source>
        <translation>Strafen sind mit ihren Lambdas multipliziert: Die Teile ergeben zusammen die Summe.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <location filename="../../app/training/live/words.py"/>
        <source>Quadratic kappa</source>
        <translation>Quadratisches Kappa</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_model.py"/>
        <source>Quadratic, on the validation set, highest of all epochs.</source>
        <translation>Quadratisch, auf dem Validierungssatz, der höchste Wert aller Epochen.</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>RSNA pneumonia</source>
        <translation>RSNA, Pneumonie</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Reading images</source>
        <translation>Bilder werden gelesen</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Recognise it</source>
        <translation>Erkennen</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Repeats to the bit</source>
        <translation>Bitgenau wiederholbar</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>ResNet-18 · middle-sized</source>
        <translation>ResNet-18 · mittelgroß</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>ResNet-50 · the paper&apos;s, for a GPU</source>
        <translation>ResNet-50 · aus dem Paper, GPU</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Retinal OCT (Kermany)</source>
        <translation>Netzhaut-OCT (Kermany)</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Ridge λ₂</source>
        <translation>Ridge λ₂</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Ridge: whole lesions</source>
        <translation>Ridge: ganze Läsionen</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>Ringed: the epoch in which it is highest.</source>
        <translation>Mit Ring: die Epoche des höchsten Werts.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>Ringed: the epoch of the best model, by validation accuracy.</source>
        <translation>Mit Ring: die Epoche des besten Modells, nach Validierungsgenauigkeit.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_model.py"/>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>Seconds per epoch</source>
        <translation>Sekunden je Epoche</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Seed of the split</source>
        <translation>Startwert der Aufteilung</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>Seeds</source>
        <translation>Startwerte</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>Share of cells with positive evidence</source>
        <translation>Anteil der Zellen mit positiver Evidenz</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>ShuffleNet v2 0.5 · smallest, for a CPU</source>
        <translation>ShuffleNet v2 0.5 · klein, für CPU</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Sparse: few active cells</source>
        <translation>Sparse: wenige aktive Zellen</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Sparsity λ₁</source>
        <translation>Sparsity λ₁</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Split</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>SqueezeNet 1.0</source>
        <translation>SqueezeNet 1.0</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>SqueezeNet 1.1 · small</source>
        <translation>SqueezeNet 1.1 · klein</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_model.py"/>
        <source>Started</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Started from</source>
        <translation>Begonnen mit</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_model.py"/>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Stop early after</source>
        <translation>Früh enden nach</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Table: path, label, …</source>
        <translation>Tabelle: path, label, …</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>That the least trained seed has finished.</source>
        <translation>Die der am wenigsten trainierte Startwert beendet hat.</translation>
    </message>
    <message>
        <location filename="../../app/training/places.py"/>
        <source>The folder {0} cannot be written to ({1}); make room there or set SOFTCAM_DATA_DIR to another folder.</source>
        <translation>In den Ordner {0} kann nicht geschrieben werden ({1}); schaffen Sie dort Platz, oder setzen Sie SOFTCAM_DATA_DIR auf einen anderen Ordner.</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>The maps are the prediction, and nothing holds them back: the reference of a sweep.</source>
        <translation>Die Karten sind die Vorhersage, und nichts hält sie zurück: die Referenz eines Suchlaufs.</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>The recipe starts from ImageNet&apos;s weights, which are not on this computer: as it is, the model starts from random weights, and will hardly do as well. This window never connects: &apos;softcam train&apos; with --set model.weights=imagenet fetches them once, or choose a file.</source>
        <translation>Das Rezept beginnt mit den ImageNet-Gewichten, die nicht auf diesem Rechner liegen: So beginnt das Modell mit zufälligen Gewichten und wird kaum so gut. Dieses Fenster verbindet sich nie: „softcam train“ mit --set model.weights=imagenet holt sie einmal, oder wählen Sie eine Datei.</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>The recipe starts from {0}, which is not there: as it is, the model starts from random weights, and will hardly do as well. Choose the file.</source>
        <translation>Das Rezept beginnt mit {0}, das nicht vorhanden ist: So beginnt das Modell mit zufälligen Gewichten und wird kaum so gut. Wählen Sie die Datei.</translation>
    </message>
    <message>
        <location filename="../../app/training/starts.py"/>
        <source>The weights {0} do not exist; check the path.</source>
        <translation>Die Gewichte {0} gibt es nicht; prüfen Sie den Pfad.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>These runs have other classes, or another order of them: do not compare them.</source>
        <translation>Diese Läufe haben andere Klassen oder eine andere Reihenfolge davon: Vergleichen Sie sie nicht.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>These runs have other images or labels: their validation sets may differ.</source>
        <translation>Diese Läufe haben andere Bilder oder Labels: Ihre Validierungssätze können sich unterscheiden.</translation>
    </message>
    <message>
        <location filename="../../app/training/sight.py"/>
        <source>This run knows cases of which your first read is not locked; the protocol hides what models and others say about them until then.</source>
        <translation>Dieser Lauf kennt Fälle, deren Erstbefundung Sie nicht abgeschlossen haben; das Protokoll verbirgt bis dahin, was Modelle und andere dazu sagen.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_model.py"/>
        <source>Ticked runs are drawn and compared.</source>
        <translation>Angekreuzte Läufe werden gezeichnet und verglichen.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_model.py"/>
        <source>Time of all finished epochs.</source>
        <translation>Zeit aller beendeten Epochen.</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_model.py"/>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>Training loss and its parts</source>
        <translation>Trainings-Loss und seine Teile</translation>
    </message>
    <message>
        <location filename="../../app/training/live/comparison.py"/>
        <source>Training time</source>
        <translation>Trainingszeit</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Two classes or more</source>
        <translation>Zwei Klassen oder mehr</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>VGG-16 · the paper&apos;s, large</source>
        <translation>VGG-16 · aus dem Paper, groß</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_model.py"/>
        <source>Val. AUC</source>
        <translation>Val.-AUC</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_model.py"/>
        <source>Val. accuracy</source>
        <translation>Val.-Genauigkeit</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_model.py"/>
        <source>Val. kappa</source>
        <translation>Val.-Kappa</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Validating</source>
        <translation>Validierung läuft</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>Validation AUC</source>
        <translation>Validierungs-AUC</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>Validation accuracy</source>
        <translation>Validierungsgenauigkeit</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>Validation quadratic kappa</source>
        <translation>Quadratisches Validierungs-Kappa</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>Validation set</source>
        <translation>Validierungssatz</translation>
    </message>
    <message>
        <location filename="../../app/training/live/comparison.py"/>
        <source>Validation {0}</source>
        <translation>Validierung, {0}</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>WSOL metadata</source>
        <translation>WSOL-Metadaten</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Weight decay</source>
        <translation>Weight Decay</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>Weight of lesions</source>
        <translation>Gewicht der Läsionen</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>What grades mean</source>
        <translation>Was Grade bedeuten</translation>
    </message>
    <message>
        <location filename="../../app/training/live/key_words.py"/>
        <source>What lesions mean</source>
        <translation>Was Läsionen bedeuten</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>bfloat16</source>
        <translation>bfloat16</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>chosen</source>
        <translation>gewählt</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>cross-entropy</source>
        <translation>Kreuzentropie</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_model.py"/>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>dash-dotted</source>
        <translation>Strichpunkt</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>dashed</source>
        <translation>gestrichelt</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>dotted</source>
        <translation>gepunktet</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <location filename="../../app/training/live/words.py"/>
        <source>finished</source>
        <translation>beendet</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>guidance</source>
        <translation>Lenkung</translation>
    </message>
    <message>
        <location filename="../../app/training/live/words.py"/>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>l1</source>
        <translation>l1</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>l2</source>
        <translation>l2</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>left early</source>
        <translation>früh aufgegeben</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>long dashes</source>
        <translation>lange Striche</translation>
    </message>
    <message>
        <location filename="../../app/training/live/words.py"/>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>passes</source>
        <translation>besteht</translation>
    </message>
    <message>
        <location filename="../../app/training/live/words.py"/>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/records.py"/>
        <source>quadratic kappa</source>
        <translation>quadratisches Kappa</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/records.py"/>
        <source>ridge</source>
        <translation>Ridge</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>solid</source>
        <translation>durchgezogen</translation>
    </message>
    <message>
        <location filename="../../softcam_core/training/sweep/records.py"/>
        <source>sparse</source>
        <translation>Sparse</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>to be trained</source>
        <translation>noch zu trainieren</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>too low</source>
        <translation>zu niedrig</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>total</source>
        <translation>Summe</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>training</source>
        <translation>im Training</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>under way</source>
        <translation>läuft</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <location filename="../../app/training/live/words.py"/>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <location filename="../../app/training/proposals.py"/>
        <source>{0} (open)</source>
        <translation>{0} (geöffnet)</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>{0} at {1}, seed {2}: {3}</source>
        <translation>{0} bei {1}, Startwert {2}: {3}</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>{0} at {1}: {2}</source>
        <translation>{0} bei {1}: {2}</translation>
    </message>
    <message>
        <location filename="../../app/training/live/words.py"/>
        <source>{0} h {1:02d} min</source>
        <translation>{0} h {1:02d} min</translation>
    </message>
    <message>
        <location filename="../../app/training/starts.py"/>
        <source>{0} has a network of its own, which cannot be built anew; choose other weights.</source>
        <translation>{0} hat ein eigenes Netz, das sich nicht neu aufbauen lässt; wählen Sie andere Gewichte.</translation>
    </message>
    <message>
        <location filename="../../app/training/starts.py"/>
        <source>{0} holds a {1}; choose that network, or other weights.</source>
        <translation>{0} enthält ein {1}; wählen Sie dieses Netz oder andere Gewichte.</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>{0} hours</source>
        <translation>{0} Stunden</translation>
    </message>
    <message>
        <location filename="../../app/training/live/words.py"/>
        <source>{0} min</source>
        <translation>{0} min</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>{0} minutes</source>
        <translation>{0} Minuten</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>{0} of the dense model: {1}; tolerated from {2} on</source>
        <translation>{0} des dichten Modells: {1}; erlaubt ab {2}</translation>
    </message>
    <message>
        <location filename="../../app/training/live/runs_model.py"/>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <location filename="../../app/training/live/words.py"/>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <location filename="../../app/training/words.py"/>
        <source>{0} seconds</source>
        <translation>{0} Sekunden</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>{0}, each seed</source>
        <translation>{0}, jeder Startwert</translation>
    </message>
    <message>
        <location filename="../../app/training/live/curve_figures.py"/>
        <source>{0}, epoch {1}: {2}</source>
        <translation>{0}, Epoche {1}: {2}</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>{0}, logarithmic; 0 is the dense model</source>
        <translation>{0}, logarithmisch; 0 ist das dichte Modell</translation>
    </message>
    <message>
        <location filename="../../app/training/live/sweep_figure.py"/>
        <source>{0}, tolerated</source>
        <translation>{0}, erlaubt</translation>
    </message>
    <message>
        <location filename="../../app/training/proposals.py"/>
        <source>{0}; a batch of {1} uses {2}</source>
        <translation>{0}; ein Batch von {1} braucht {2}</translation>
    </message>
    <message>
        <location filename="../../app/training/status.py"/>
        <source>… and {0} more</source>
        <translation>… und {0} weitere</translation>
    </message>
</context>
</TS>
