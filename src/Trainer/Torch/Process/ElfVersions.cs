using System.Buffers.Binary;
using System.Text;
using MlNetImageTranslation.Evaluation;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The symbol versions that a 64-bit little-endian ELF library needs (System V ABI; Linux Standard Base, "Symbol
/// Versioning").
/// </summary>
internal static class ElfVersions
{
    private const ushort WeakFlag = 2;
    private const uint RelocationSection = 4,
        DynamicSymbolSection = 11,
        VersionNeedSection = 0x6ffffffe,
        VersionSection = 0x6fffffff;

    /// <summary>
    /// Sets the weak flag (VER_FLG_WEAK) of the one entry that needs <paramref name="version"/>, so that the loader
    /// does without it.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// The file is no such library, does not need that version, or a relocation uses one of its symbols; nothing is
    /// changed then.
    /// </exception>
    public static void Weaken(byte[] image, string version)
    {
        try
        {
            var sections = ReadSections(image);
            var (entry, index) = FindNeed(image, sections, version);
            if (UsesVersion(image, sections, index) is { } symbol)
            {
                throw new InvalidDataException($"It uses {symbol}, which this system's library lacks ({version}).");
            }

            ushort flags = BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(entry + 4));
            BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(entry + 4), (ushort)(flags | WeakFlag));
        }
        catch (Exception exception)
            when (exception is ArgumentOutOfRangeException or OverflowException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("It is not a well-formed ELF library.", exception);
        }
    }

    private static Section[] ReadSections(byte[] image)
    {
        if (image.Length < 64 || !image.AsSpan(0, 6).SequenceEqual("\u007FELF\u0002\u0001"u8))
        {
            throw new InvalidDataException("It is not a 64-bit little-endian ELF library.");
        }

        int table = Offset(image, 0x28);
        int size = BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(0x3A));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(0x3C));
        var sections = new Section[count];
        for (int i = 0; i < count; i++)
        {
            int header = checked(table + i * size);
            sections[i] = new(
                Type: Word(image, header + 4),
                Offset: Offset(image, header + 0x18),
                Size: Offset(image, header + 0x20),
                Link: checked((int)Word(image, header + 0x28))
            );
        }
        return sections;
    }

    /// <summary>
    /// The position of the Vernaux entry of that version, and the index by which symbols refer to it.
    /// </summary>
    private static (int Entry, ushort Index) FindNeed(byte[] image, Section[] sections, string version)
    {
        foreach (var section in sections.Where(section => section.Type == VersionNeedSection))
        {
            int strings = sections[section.Link].Offset;
            for (int need = section.Offset; ; )
            {
                int count = BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(need + 2));
                int entry = checked(need + (int)Word(image, need + 8));
                for (int i = 0; i < count; i++)
                {
                    if (Text(image, checked(strings + (int)Word(image, entry + 8))) == version)
                    {
                        return (entry, BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(entry + 6)));
                    }
                    entry = checked(entry + (int)Word(image, entry + 12));
                }

                int next = checked((int)Word(image, need + 12));
                if (next <= 0)
                {
                    break;
                }
                need = checked(need + next);
            }
        }
        throw new InvalidDataException($"It does not need {version}.");
    }

    /// <summary>The name of a symbol of that version which a relocation refers to; null where there is none.</summary>
    private static string? UsesVersion(byte[] image, Section[] sections, ushort index)
    {
        var symbols = sections.First(section => section.Type == DynamicSymbolSection);
        var versions = sections.First(section => section.Type == VersionSection);
        foreach (var section in sections.Where(section => section.Type == RelocationSection))
        {
            for (int at = section.Offset; at < section.Offset + section.Size; at += 24)
            {
                int symbol = checked((int)(BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(at + 8)) >> 32));
                ushort version = BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(versions.Offset + 2 * symbol));
                if (symbol != 0 && (version & 0x7FFF) == index)
                {
                    int name = checked((int)Word(image, symbols.Offset + 24 * symbol));
                    return Text(image, sections[symbols.Link].Offset + name);
                }
            }
        }
        return null;
    }

    private static uint Word(byte[] image, int at) => BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(at));

    private static int Offset(byte[] image, int at) =>
        checked((int)BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(at)));

    private static string Text(byte[] image, int at)
    {
        int length = image.AsSpan(at).IndexOf((byte)0);
        return Encoding.ASCII.GetString(image, at, length);
    }

    private readonly record struct Section(uint Type, int Offset, int Size, int Link);
}
