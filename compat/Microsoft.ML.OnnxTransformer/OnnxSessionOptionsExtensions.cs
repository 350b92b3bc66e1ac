using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Onnx;

public static class OnnxSessionOptionsExtensions
{
    private const string OptionName = "OnnxSessionOptions";

    public static OnnxSessionOptions GetOnnxSessionOption(this IHostEnvironment env) => env.Local().GetOptionOrDefault<OnnxSessionOptions>(OptionName);

    public static void SetOnnxSessionOption(this IHostEnvironment env, OnnxSessionOptions onnxSessionOptions) => env.Local().SetOption(OptionName, onnxSessionOptions);
}
