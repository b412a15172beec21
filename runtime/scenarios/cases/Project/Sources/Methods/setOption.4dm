#DECLARE($selector : Integer;$value : Variant)->$now : Variant

WEB SET OPTION($selector;$value)
WEB GET OPTION($selector;$now)
