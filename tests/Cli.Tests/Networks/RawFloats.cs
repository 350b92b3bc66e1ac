using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Cli.Tests;

/// <summary>Tensors that numpy wrote by tofile, and models that read such.</summary>
internal static class RawFloats
{
    public static float[] Read(string path) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();

    public static float[] Run(string model, float[] input, long[] shape)
    {
        using var session = new InferenceSession(model);
        using var value = OrtValue.CreateTensorValueFromMemory(input, shape);
        using var run = new RunOptions();
        using var outputs = session.Run(run, session.InputNames, [value], session.OutputNames);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
