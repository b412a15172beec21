//%attributes = {"publishedWeb":true}
// Keeps the three best customers of a salesperson in the session

var $user : Text
var $i : Integer
ARRAY TEXT($names;0)
ARRAY TEXT($values;0)
ARRAY TEXT($customers;0)
ARRAY REAL($totals;0)

WEB GET VARIABLES($names;$values)
$user:=$values{Find in array($names;"userId")}
Session.setPrivileges(New object("userName";$user;"privileges";"manager"))
QUERY([Customers];[Customers]Salesperson=$user)
ORDER BY([Customers];[Customers]Total;<)
REDUCE SELECTION([Customers];3)
SELECTION TO ARRAY([Customers]Name;$customers;[Customers]Total;$totals)
Use (Session.storage)
	Session.storage.top:=New shared collection
End use 
For ($i;1;Size of array($customers))
	Use (Session.storage.top)
		Session.storage.top.push(New shared object("name";$customers{$i};"total";$totals{$i}))
	End use 
End for 
WEB SEND HTTP REDIRECT("/4DACTION/salesperson")
