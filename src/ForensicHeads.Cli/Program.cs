Console.Error.WriteLine("forensicheads: no command is ready yet.");
return 2;
