using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Onnx;

public sealed class OnnxScoringEstimator : TrivialEstimator<OnnxTransformer>
{
    internal OnnxScoringEstimator(IHostEnvironment env, OnnxScoring scoring)
        : base(env.Register(nameof(OnnxTransformer)), new OnnxTransformer(env, scoring)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var result = Contracts.CheckValue(inputSchema, nameof(inputSchema)).ToDictionary(c => c.Name);
        foreach (var name in Transformer.Inputs)
        {
            if (!inputSchema.TryFindColumn(name, out var column)) throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", name);
            var variable = Transformer.Model.Inputs.FirstOrDefault(v => v.Name == name)
                ?? throw Contracts.Except($"Column {name} doesn't match input node names of model.");
            if (variable.Shape.Count(d => d == 0) > 1) throw new ArgumentOutOfRangeException(name, "Only 1 unknown dimension is allowed");
            if (column.ItemType != variable.Type.ItemType)
                throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", name, variable.Type.ItemType.ToString(), column.ItemType.ToString());
        }
        foreach (var name in Transformer.Outputs)
        {
            var type = Transformer.Model.Output(name).Type;
            var kind = type.IsKnownSize ? SchemaShape.Column.VectorKind.Vector : SchemaShape.Column.VectorKind.VariableVector;
            result[name] = new SchemaShape.Column(name, kind, type.ItemType, false);
        }
        return new SchemaShape(result.Values);
    }
}
