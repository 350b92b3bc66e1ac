using System.Text.Json.Nodes;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Onnx;

[assembly: ModelLoader(OnnxTransformer.Signature, typeof(OnnxTransformer))]

namespace Microsoft.ML.Transforms.Onnx;

public sealed class OnnxTransformer : RowToRowTransformerBase, IDisposable
{
    internal const string Signature = "OnnxTransform";
    private const string ModelEntry = "OnnxModel";
    private readonly OnnxScoring _scoring;
    private bool _disposed;

    internal OnnxTransformer(IHostEnvironment env, OnnxScoring scoring) : base(env.Register(nameof(OnnxTransformer)))
    {
        foreach (var name in scoring.Inputs) Contracts.CheckNonWhiteSpace(name, nameof(scoring.Inputs));
        foreach (var name in scoring.Outputs) Contracts.CheckNonWhiteSpace(name, nameof(scoring.Outputs));
        _scoring = scoring;
        Model = OnnxModel.Open(env, scoring);
        Inputs = scoring.Inputs.Length == 0 ? Model.Inputs.Select(v => v.Name).ToArray() : scoring.Inputs;
        Outputs = scoring.Outputs.Length == 0 ? Model.Outputs.Select(v => v.Name).ToArray() : scoring.Outputs;
        foreach (var name in Outputs) Model.Output(name);
    }

    internal OnnxModel Model { get; }

    internal string[] Inputs { get; }

    internal string[] Outputs { get; }

    internal static ITransformer Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        var local = env.Local();
        var shapes = ctx.Data["shapes"]?.AsObject().ToDictionary(p => p.Key, p => p.Value.AsArray().Select(d => d.GetValue<int>()).ToArray());
        // The device is the loading context's, not the saving one's.
        return new OnnxTransformer(env, new OnnxScoring(Names(ctx.Data["outputs"]), Names(ctx.Data["inputs"]), shapes, local.GpuDeviceId, local.FallbackToCpu)
        {
            ModelBytes = ctx.LoadBytes(ModelEntry),
            RecursionLimit = ctx.Data["recursionLimit"].GetValue<int>(),
        });
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var data = new JsonObject
        {
            ["inputs"] = Array(Inputs),
            ["outputs"] = Array(Outputs),
            ["recursionLimit"] = _scoring.RecursionLimit,
        };
        if (_scoring.Shapes != null)
            data["shapes"] = new JsonObject(_scoring.Shapes.Select(p => KeyValuePair.Create(p.Key, (JsonNode)new JsonArray(p.Value.Select(d => (JsonNode)d).ToArray()))));
        ctx.SetModel(Signature, data, "Microsoft.ML.OnnxTransformer");
        // From the file, which must still be there.
        ctx.SaveBytes(ModelEntry, Model.ReadFile());
    }

    private protected override RowMapper MakeRowMapper(DataViewSchema schema) => new OnnxRowMapper(this, schema);

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Model.Dispose();
    }

    private static JsonArray Array(string[] names) => new(names.Select(n => (JsonNode)n).ToArray());

    private static string[] Names(JsonNode node) => node.AsArray().Select(n => n.GetValue<string>()).ToArray();
}
