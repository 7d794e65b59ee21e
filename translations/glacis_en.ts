<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>Canvas</name>
    <message numerus="yes">
        <source>%n finding(s)</source>
        <translation>
            <numerusform>%n finding</numerusform>
            <numerusform>%n findings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Explainer</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln things</source>
        <translation>
            <numerusform>%Ln thing</numerusform>
            <numerusform>%Ln things</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln connections</source>
        <translation>
            <numerusform>%Ln connection</numerusform>
            <numerusform>%Ln connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Zone, %Ln thing(s)</source>
        <translation>
            <numerusform>Zone, %Ln thing</numerusform>
            <numerusform>Zone, %Ln things</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Labels</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <extracomment>%1 is a list of names</extracomment>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PathFacts</name>
    <message numerus="yes">
        <source>Attack path, %n step(s)</source>
        <translation>
            <numerusform>Attack path, %n step</numerusform>
            <numerusform>Attack path, %n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RereadWords</name>
    <message numerus="yes">
        <source>%Ln came</source>
        <translation>
            <numerusform>%Ln came</numerusform>
            <numerusform>%Ln came</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <translation>
            <numerusform>%Ln changed</numerusform>
            <numerusform>%Ln changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln went</source>
        <translation>
            <numerusform>%Ln went</numerusform>
            <numerusform>%Ln went</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Rows</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 → %2, %n step(s)</source>
        <translation>
            <numerusform>%1 → %2, %n step</numerusform>
            <numerusform>%1 → %2, %n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tables</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n check(s)</source>
        <translation>
            <numerusform>%n check</numerusform>
            <numerusform>%n checks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThingFacts</name>
    <message numerus="yes">
        <source>%n check(s) passed.</source>
        <translation>
            <numerusform>%n check passed.</numerusform>
            <numerusform>%n checks passed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passed or closed there.</source>
        <translation>
            <numerusform>%n passed or closed there.</numerusform>
            <numerusform>%n passed or closed there.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WhatIf</name>
    <message numerus="yes">
        <source>Cut every way with %n change(s)</source>
        <translation>
            <numerusform>Cut every way with %n change</numerusform>
            <numerusform>Cut every way with %n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>glacis::AccessView</name>
    <message numerus="yes">
        <source>%Ln entries are hidden. Clear the words, or switch the kinds of access on again.</source>
        <translation>
            <numerusform>%Ln entry is hidden. Clear the words, or switch the kinds of access on again.</numerusform>
            <numerusform>%Ln entries are hidden. Clear the words, or switch the kinds of access on again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>glacis::ImportModel</name>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln thing(s)</source>
        <translation>
            <numerusform>%Ln thing</numerusform>
            <numerusform>%Ln things</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>glacis::ImportPage</name>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln kind(s) of export missing</source>
        <translation>
            <numerusform>%Ln kind of export missing</numerusform>
            <numerusform>%Ln kinds of export missing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln check(s) undecided</source>
        <translation>
            <numerusform>%Ln check undecided</numerusform>
            <numerusform>%Ln checks undecided</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>glacis::MainWindow</name>
    <message numerus="yes">
        <source>%Ln file(s) were not read, or not all of it. The ledger says which and why; the rest stands.</source>
        <translation>
            <numerusform>%Ln file was not read, or not all of it. The ledger says which and why; the rest stands.</numerusform>
            <numerusform>%Ln files were not read, or not all of it. The ledger says which and why; the rest stands.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1
%Ln more file(s) were not read either.</source>
        <translation>
            <numerusform>%1
%Ln more file was not read either.</numerusform>
            <numerusform>%1
%Ln more files were not read either.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reading was cancelled after %Ln file(s).</source>
        <translation>
            <numerusform>Reading was cancelled after %Ln file.</numerusform>
            <numerusform>Reading was cancelled after %Ln files.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln thing(s)</source>
        <translation>
            <numerusform>%Ln thing</numerusform>
            <numerusform>%Ln things</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>glacis::PathsView</name>
    <message numerus="yes">
        <source>with %n kind(s) of steps off</source>
        <translation>
            <numerusform>with %n kind of steps off</numerusform>
            <numerusform>with %n kinds of steps off</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>But %n export(s) are missing, so there may be one.</source>
        <translation>
            <numerusform>But %n export is missing, so there may be one.</numerusform>
            <numerusform>But %n exports are missing, so there may be one.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n that what is tried out takes away</source>
        <translation>
            <numerusform>and %n that what is tried out takes away</numerusform>
            <numerusform>and %n that what is tried out takes away</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n path(s) are in the list only: the picture holds about a thousand things.</source>
        <translation>
            <numerusform>%n path is in the list only: the picture holds about a thousand things.</numerusform>
            <numerusform>%n paths are in the list only: the picture holds about a thousand things.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) can be got at from %1</source>
        <translation>
            <numerusform>%n thing can be got at from %1</numerusform>
            <numerusform>%n things can be got at from %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) can get at %1</source>
        <translation>
            <numerusform>%n thing can get at %1</numerusform>
            <numerusform>%n things can get at %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the nearest %n drawn</source>
        <translation>
            <numerusform>the nearest one drawn</numerusform>
            <numerusform>the nearest %n drawn</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n target(s) keep a way that no change of one fact takes away.</source>
        <translation>
            <numerusform>%n target keeps a way that no change of one fact takes away.</numerusform>
            <numerusform>%n targets keep a way that no change of one fact takes away.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>glacis::RereadBar</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>glacis::StatusLine</name>
    <message numerus="yes">
        <source>%Ln export(s) missing</source>
        <translation>
            <numerusform>%Ln export missing</numerusform>
            <numerusform>%Ln exports missing</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>glacis::TablePage</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>glacis::WhatIfBar</name>
    <message numerus="yes">
        <source>What-if, %n change(s): %1</source>
        <translation>
            <numerusform>What-if, %n change: %1</numerusform>
            <numerusform>What-if, %n changes: %1</numerusform>
        </translation>
    </message>
</context>
</TS>
