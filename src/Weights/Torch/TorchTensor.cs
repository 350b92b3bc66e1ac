namespace MlNetImageTranslation.Weights;

/// <summary>
/// A tensor as a view of a storage: element (i, j, ...) is value <c>Offset + i * Strides[0] + j * Strides[1] + ...</c>.
/// Checked to lie inside.
/// </summary>
/// <param name="Storage">Where the values are.</param>
/// <param name="Offset">The first value in it.</param>
/// <param name="Shape">Length of every dimension.</param>
/// <param name="Strides">Step of every dimension in the storage.</param>
/// <param name="IsNegated">Whether the storage holds the negated values (PyTorch's negative bit).</param>
internal sealed record TorchTensor(
    TorchStorage Storage,
    long Offset,
    int[] Shape,
    long[] Strides,
    bool IsNegated = false
)
{
    public long Count => Shape.Aggregate(1L, (product, side) => product * side);

    /// <summary>
    /// How many values of the storage lie from its first to its last one, both counted; for tensors that have values.
    /// </summary>
    public long Span => 1 + Shape.Zip(Strides, (side, stride) => (side - 1) * stride).Sum();
}
