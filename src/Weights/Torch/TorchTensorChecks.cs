namespace MlNetImageTranslation.Weights;

/// <summary>Makes tensors of what a pickle says about them, and checks that they lie inside their storages.</summary>
internal static class TorchTensorChecks
{
    private const int MaximumDimensions = 16;

    // A norm's weights may be one value, expanded to every channel.
    private const int MaximumRepeated = 1 << 16;

    /// <summary>Makes a tensor.</summary>
    /// <param name="storage">A <see cref="TorchStorage"/>.</param>
    /// <param name="offset">Its first value in the storage.</param>
    /// <param name="size">A tuple: the length of every dimension.</param>
    /// <param name="stride">A tuple: the step of every dimension in the storage.</param>
    /// <param name="budget">Is charged for the tensor.</param>
    /// <exception cref="FormatException">The parts are of wrong kinds, or the tensor reaches outside its
    /// storage.</exception>
    public static TorchTensor Create(object? storage, object? offset, object? size, object? stride, PickleBudget budget)
    {
        if (storage is not TorchStorage values)
            throw new FormatException("It has a tensor without a storage.");
        if (offset is not long first || size is not PickleTuple sizes || stride is not PickleTuple steps)
            throw new FormatException(
                $"It has a tensor over storage '{values.Key}' whose offset, size or stride is not of numbers."
            );
        if (sizes.Items.Length > MaximumDimensions || sizes.Items.Length != steps.Items.Length)
            throw new FormatException(
                $"It has a tensor of {sizes.Items.Length} dimensions with {steps.Items.Length} strides; expected as "
                    + $"many of both, at most {MaximumDimensions}."
            );

        budget.Copy(sizes.Items.Length, sizeof(int) + sizeof(long));
        var shape = new int[sizes.Items.Length];
        var strides = new long[shape.Length];
        long count = 1,
            most = Math.Max(MaximumRepeated, values.Count);
        for (int i = 0; i < shape.Length; i++)
        {
            shape[i] = sizes.Items[i] is long and >= 0 and <= int.MaxValue and var side
                ? (int)side
                : throw Wrong($"size {Short(sizes.Items[i])}");
            strides[i] = steps.Items[i] is long and >= 0 and var step
                ? step
                : throw Wrong($"stride {Short(steps.Items[i])}");
            // A tensor larger than its storage repeats values: a few bytes could ask for any amount of memory.
            if (shape[i] != 0 && count > most / shape[i])
                throw Wrong($"more values than the {values.Count} of its storage");
            count *= shape[i];
        }
        if (first < 0 || first > values.Count)
            throw Wrong($"offset {first} in a storage of {values.Count}");
        if (count > 0)
        {
            long last = first;
            for (int i = 0; i < shape.Length; i++)
            {
                if (shape[i] > 1 && strides[i] > (values.Count - last) / (shape[i] - 1))
                    throw Wrong($"strides that reach beyond the {values.Count} values of its storage");
                last += (shape[i] - 1) * strides[i];
            }
            if (last >= values.Count)
                throw Wrong($"a last value at {last} in a storage of {values.Count}");
        }
        return new(values, first, shape, strides);

        FormatException Wrong(string what) => new($"It has a tensor over storage '{values.Key}' with {what}.");
    }

    private static string Short(object? value) =>
        value switch
        {
            null => "None",
            string text when text.Length > 100 => text[..100] + "...",
            _ => value.ToString()!,
        };
}
