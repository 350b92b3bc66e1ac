using System.IO.Compression;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// PyTorch's format since 1.6: a zip archive with <c>NAME/data.pkl</c> and one uncompressed entry for every storage.
/// </summary>
internal sealed class TorchZipFile : TorchFile
{
    private const int MaximumEntries = 1_000_000;

    private readonly ZipArchive _archive;
    private readonly string _folder;

    public TorchZipFile(Stream stream, PickleBudget budget)
        : base(stream, budget)
    {
        try
        {
            _archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            if (_archive.Entries.Count > MaximumEntries)
                throw new FormatException(
                    $"Its zip archive has {_archive.Entries.Count} entries; expected at most {MaximumEntries}."
                );
            var pickles = _archive
                .Entries.Where(entry =>
                    entry.FullName == "data.pkl" || entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal)
                )
                .ToList();
            if (pickles.Count != 1)
                throw new FormatException(
                    $"It is a zip archive with {pickles.Count} entries named data.pkl; expected one, as "
                        + $"torch.save writes it."
                );
            _folder = pickles[0].FullName[..^"data.pkl".Length];
            if (_archive.GetEntry(_folder + "constants.pkl") is not null)
                throw new FormatException(
                    "It is a TorchScript program, not a state dict: save the network's state_dict() instead."
                );
            if (
                _archive.GetEntry(_folder + "byteorder") is { Length: < 16 } order
                && ReadAll(order).AsSpan().IndexOf("big"u8) >= 0
            )
                throw new FormatException("Its numbers are big-endian; expected little-endian.");
            Root = new PickleReader(new MemoryStream(ReadAll(pickles[0])), Budget).Read();
        }
        catch (Exception exception)
            when (exception
                    is InvalidDataException
                        or EndOfStreamException
                        or ArgumentException
                        or OverflowException
                        or NotSupportedException
            )
        {
            throw new FormatException(
                $"Its zip archive is not sound: {exception.Message} The file may be cut short.",
                exception
            );
        }
    }

    public override void Dispose()
    {
        _archive.Dispose();
        base.Dispose();
    }

    protected override Stream OpenStorage(TorchStorage storage)
    {
        // Only PyTorch's own keys: a name is looked up in the archive and nowhere else, but nobody needs "..".
        if (!storage.Key.All(char.IsAsciiLetterOrDigit))
            throw new FormatException($"It has a storage named '{storage.Key}'; expected letters and digits.");
        var entry =
            _archive.GetEntry($"{_folder}data/{storage.Key}")
            ?? throw new FormatException($"Storage '{storage.Key}' is not in the archive.");
        long needed = storage.Count * storage.Type.Size();
        if (entry.Length < needed)
            throw new FormatException($"Storage '{storage.Key}' needs {needed} bytes, but has {entry.Length}.");
        return OpenStored(entry);
    }

    // PyTorch never compresses, so what is compressed is something else, perhaps made to grow without end.
    private Stream OpenStored(ZipArchiveEntry entry)
    {
        if (entry.CompressedLength != entry.Length || entry.Length > Stream.Length)
            throw new FormatException(
                $"Entry '{entry.FullName}' has {entry.CompressedLength} bytes in the archive and {entry.Length} "
                    + $"outside; expected an uncompressed one, as torch.save writes it."
            );
        try
        {
            return entry.Open();
        }
        catch (Exception exception)
            when (exception
                    is InvalidDataException
                        or EndOfStreamException
                        or ArgumentException
                        or IOException
                        or NotSupportedException
            )
        {
            throw new FormatException($"Entry '{entry.FullName}' is not sound: {exception.Message}", exception);
        }
    }

    private byte[] ReadAll(ZipArchiveEntry entry)
    {
        if (entry.Length > PickleBudget.MaximumBytesRead)
            throw new FormatException($"Its pickle has more than {PickleBudget.MaximumBytesRead >> 20} megabytes.");
        using var stream = OpenStored(entry);
        var bytes = new byte[checked((int)entry.Length)];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
