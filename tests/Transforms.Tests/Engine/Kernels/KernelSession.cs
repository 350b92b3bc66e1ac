using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>A session that knows <see cref="ManagedOperator"/>, of a model that reads x.</summary>
internal sealed class KernelSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();

    public KernelSession(byte[] model, int threads)
    {
        Assert.SkipUnless(ConvolutionOperator.IsSupported, "The processor has no AVX2 and FMA.");
        using var options = RuntimeOptions.For(new(null, threads, OneSize: false, ConvolutionSearch.Heuristic));
        _session = new(model, options);
    }

    /// <summary>What the model gives.</summary>
    public Values<float>[] Run(float[] input, params long[] shape)
    {
        using var value = OrtValue.CreateTensorValueFromMemory(input, shape);
        using var outputs = _session.Run(_run, ["x"], [value], _session.OutputNames);
        return
        [
            .. outputs.Select(output => new Values<float>(
                output.GetTensorTypeAndShape().Shape,
                output.GetTensorDataAsSpan<float>().ToArray()
            )),
        ];
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }
}
