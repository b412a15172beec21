#DECLARE($id : Text)

// Closes a session from a process that is no web process

WEB LEGACY CLOSE SESSION($id)
