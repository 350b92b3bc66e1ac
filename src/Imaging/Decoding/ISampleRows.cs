namespace MlNetImageTranslation.Imaging;

/// <summary>Takes the samples of a file, some pixels of a row at a time.</summary>
internal interface ISampleRows
{
    /// <summary>Takes pixels of 8 bits a sample from (<paramref name="x"/>, <paramref name="y"/>) on.</summary>
    void Add(ReadOnlySpan<byte> samples, int x, int y);

    /// <summary>Takes pixels of 16 bits a sample from (<paramref name="x"/>, <paramref name="y"/>) on.</summary>
    void Add(ReadOnlySpan<ushort> samples, int x, int y);
}
