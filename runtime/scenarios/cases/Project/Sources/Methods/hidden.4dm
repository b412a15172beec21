WEB SEND TEXT("hidden")
