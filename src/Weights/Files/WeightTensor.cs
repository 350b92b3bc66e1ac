using System.Collections.Immutable;
using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// The values of one parameter: float32, row-major, in PyTorch's layout (see <see cref="ParameterSpec.Shape"/>).
/// </summary>
public sealed class WeightTensor
{
    /// <summary>Wraps values, which are not copied.</summary>
    /// <exception cref="ArgumentException">The number of values is not the product of the shape's sides.</exception>
    public WeightTensor(ImmutableArray<int> shape, float[] values)
    {
        long count = shape.Aggregate(1L, (product, side) => product * side);
        if (count != values.LongLength)
            throw new ArgumentException(
                $"A tensor of shape [{string.Join(", ", shape)}] has {count} values, but {values.LongLength} came.",
                nameof(values)
            );
        (Shape, Values) = (shape, values);
    }

    /// <summary>The length of every dimension; empty for a single number.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>The values, last dimension fastest.</summary>
    public float[] Values { get; }
}
