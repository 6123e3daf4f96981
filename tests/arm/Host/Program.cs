// Starts the program that is named first, with the rest of the arguments.
return AppDomain.CurrentDomain.ExecuteAssembly(Path.Combine(AppContext.BaseDirectory, args[0]), args[1..]);
