namespace MlNetImageTranslation.Networks;

/// <summary>A tensor as a view of a storage: element (i, j, ...) is value <c>Offset + i * Strides[0] + j * Strides[1] + ...</c>. Checked to lie inside.</summary>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, int[] Shape, long[] Strides)
{
    public long Count => Shape.Aggregate(1L, (product, side) => product * side);
}
