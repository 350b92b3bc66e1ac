using System.Collections.Frozen;

namespace MlNetImageTranslation.Export;

/// <summary>Operators that work element by element.</summary>
internal static class ElementwiseOperators
{
    /// <summary>Those whose result has the shape of the first input.</summary>
    public static readonly FrozenSet<string> KeepFirst = FrozenSet.ToFrozenSet(
        [
            "Abs",
            "Acos",
            "Acosh",
            "Asin",
            "Asinh",
            "Atan",
            "Atanh",
            "BitwiseNot",
            "Ceil",
            "Celu",
            "Clip",
            "Cos",
            "Cosh",
            "CumSum",
            "Elu",
            "Erf",
            "Exp",
            "Floor",
            "Gelu",
            "GroupNormalization",
            "HardSigmoid",
            "HardSwish",
            "Hardmax",
            "Identity",
            "InstanceNormalization",
            "LRN",
            "LeakyRelu",
            "Log",
            "LogSoftmax",
            "LpNormalization",
            "Mish",
            "Neg",
            "RMSNormalization",
            "Reciprocal",
            "Relu",
            "Round",
            "ScatterElements",
            "Scatter",
            "ScatterND",
            "Selu",
            "Shrink",
            "Sigmoid",
            "Sign",
            "Sin",
            "Sinh",
            "Softmax",
            "Softplus",
            "Softsign",
            "Sqrt",
            "Swish",
            "Tan",
            "Tanh",
            "ThresholdedRelu",
        ],
        StringComparer.Ordinal
    );

    /// <summary>Those whose inputs are spread over each other.</summary>
    public static readonly FrozenSet<string> Spread = FrozenSet.ToFrozenSet(
        [
            "Add",
            "BitShift",
            "BitwiseAnd",
            "BitwiseOr",
            "BitwiseXor",
            "Div",
            "Max",
            "Mean",
            "Min",
            "Mod",
            "Mul",
            "PRelu",
            "Pow",
            "Sub",
            "Sum",
        ],
        StringComparer.Ordinal
    );

    /// <summary>Whether the runtime may write the result over the first input.</summary>
    public static bool MayBeInPlace(string operatorType) =>
        KeepFirst.Contains(operatorType)
        || Spread.Contains(operatorType)
        || operatorType is "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze" or "Dropout";
}
