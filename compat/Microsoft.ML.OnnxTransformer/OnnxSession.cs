using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Opens inference sessions with the context's session options.</summary>
internal static class OnnxSession
{
    public static InferenceSession Open(IHostEnvironment env, string modelFile, OnnxScoring scoring)
    {
        var options = env.GetOnnxSessionOption() ?? new OnnxSessionOptions();
        if (!options.PerSessionThreads && !OrtEnv.IsCreated) ShareThreads(options);
        if (options.CreateSessionOptions != null) return new InferenceSession(modelFile, options.CreateSessionOptions());
        if (scoring.GpuDeviceId is not { } device) return new InferenceSession(modelFile, Prepare(new SessionOptions(), options, scoring));
        try
        {
            return new InferenceSession(modelFile, Prepare(SessionOptions.MakeSessionOptionWithCudaProvider(device), options, scoring));
        }
        catch (OnnxRuntimeException) when (scoring.FallbackToCpu)
        {
            return new InferenceSession(modelFile, Prepare(new SessionOptions(), options, scoring));
        }
    }

    private static SessionOptions Prepare(SessionOptions session, OnnxSessionOptions options, OnnxScoring scoring)
    {
        options.CopyTo(session);
        session.InterOpNumThreads = scoring.InterOpNumThreads ?? options.InterOpNumThreads;
        session.IntraOpNumThreads = scoring.IntraOpNumThreads ?? options.IntraOpNumThreads;
        return session;
    }

    private static void ShareThreads(OnnxSessionOptions options)
    {
        var creation = new EnvironmentCreationOptions
        {
            threadOptions = new OrtThreadingOptions
            {
                GlobalInterOpNumThreads = options.GlobalInterOpNumThreads,
                GlobalIntraOpNumThreads = options.GlobalIntraOpNumThreads,
            },
        };
        OrtEnv.CreateInstanceWithOptions(ref creation);
    }
}
