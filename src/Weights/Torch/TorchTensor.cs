namespace MlNetImageTranslation.Weights;

/// <summary>
/// A tensor as a view of a storage: element (i, j, ...) is value <c>Offset + i * Strides[0] + j * Strides[1] + ...</c>.
/// Checked to lie inside.
/// </summary>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, int[] Shape, long[] Strides)
{
    public long Count => Shape.Aggregate(1L, (product, side) => product * side);

    /// <summary>
    /// How many values of the storage lie from its first to its last one, both counted; for tensors that have values.
    /// </summary>
    public long Span => 1 + Shape.Zip(Strides, (side, stride) => (side - 1) * stride).Sum();
}
