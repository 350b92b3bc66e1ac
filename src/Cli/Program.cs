using MlNetImageTranslation.Cli;

Console.SetOut(new StandardOutput(Console.Out));
Console.SetError(new StandardError(Console.Error));
return await CommandLine.RunAsync(args, Console.Out, Console.Error);
