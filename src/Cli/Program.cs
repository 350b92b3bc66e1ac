using MlNetImageTranslation.Cli;
using MlNetImageTranslation.Transforms;

// Nothing about the use of ONNX Runtime is sent to Microsoft.
OnnxRuntimeLibrary.DisableTelemetry();
Console.SetOut(new StandardOutput(Console.Out));
Console.SetError(new StandardError(Console.Error));
return await CommandLine.RunAsync(args, Console.Out, Console.Error);
