//%attributes = {"invisible":true}

#DECLARE($text : Text)->$html : Text

// Makes a text harmless inside a page

$html:=Replace string:C233($text; "&"; "&amp;")
$html:=Replace string:C233($html; "<"; "&lt;")
$html:=Replace string:C233($html; ">"; "&gt;")
$html:=Replace string:C233($html; "\""; "&quot;")
