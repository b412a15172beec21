//%attributes = {"invisible":true}

#DECLARE($name : Text)->$value : Text

// Value of one variable of the form that was posted, "" when it is not there

var $index : Integer
ARRAY TEXT:C222($names; 0)
ARRAY TEXT:C222($values; 0)

WEB GET VARIABLES:C683($names; $values)
$index:=Find in array:C230($names; $name)

If ($index>0)
	$value:=$values{$index}
End if 
