using MlNetImageTranslation.Cli.Infrastructure;

return await CommandLine.RunAsync(args, Console.Out, Console.Error);
