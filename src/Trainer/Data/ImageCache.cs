namespace MlNetImageTranslation.Trainer;

/// <summary>Decoded and resized images, made on first use and kept as bytes while they fit the budget.</summary>
internal sealed class ImageCache<T>(int count, long budgetBytes, Func<int, T> load, Func<T, long> size)
    where T : class
{
    private readonly T?[] _kept = new T?[count];
    private long _used;

    /// <summary>The entry; safe from several threads (an entry may then be made twice, with the same result).</summary>
    public T this[int index]
    {
        get
        {
            if (Volatile.Read(ref _kept[index]) is { } kept)
                return kept;
            var made = load(index);
            if (Interlocked.Add(ref _used, size(made)) <= budgetBytes)
                Volatile.Write(ref _kept[index], made);
            return made;
        }
    }
}
