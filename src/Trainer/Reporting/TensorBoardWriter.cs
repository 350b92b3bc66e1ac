using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Google.Protobuf;
using Tensorboard;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Writes a TensorBoard event file: scalars and images by step. The format is a sequence of records (TensorFlow's
/// TFRecord), each an Event message. <c>tensorboard --logdir FOLDER</c> shows it while it grows.
/// </summary>
internal sealed class TensorBoardWriter : IDisposable
{
    private static readonly byte[] s_pngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private readonly FileStream _stream;

    /// <summary>Begins a new event file in the folder, which is made where it is missing.</summary>
    /// <param name="folder">The folder for TensorBoard's <c>--logdir</c>.</param>
    /// <param name="firstStep">The first step that will be written: what older files of the folder say of it and later
    /// steps is void (a resumed run).</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public TensorBoardWriter(string folder, long firstStep = 0)
    {
        NewFolder.Make(folder);
        var now = DateTimeOffset.UtcNow;
        // TensorBoard reads the files of a folder in the order of their names.
        string name = string.Create(
            CultureInfo.InvariantCulture,
            $"events.out.tfevents.{now.ToUnixTimeSeconds()}.{Environment.MachineName}.{Environment.ProcessId}"
        );
        for (int number = 0; ; number++)
        {
            Path = System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}.{number}"));
            if (!File.Exists(Path))
                break;
        }
        _stream = new(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        Append(new() { FileVersion = "brain.Event:2" });
        if (firstStep > 0)
            Append(
                new()
                {
                    Step = firstStep,
                    SessionLog = new() { Status = SessionLog.Types.SessionStatus.Start },
                }
            );
        _stream.Flush();
    }

    /// <summary>The event file.</summary>
    public string Path { get; }

    /// <summary>Writes numbers of one step.</summary>
    public void Scalars(long step, IEnumerable<KeyValuePair<string, float>> values)
    {
        Append(step, values.Select(value => new Summary.Types.Value { Tag = value.Key, SimpleValue = value.Value }));
        _stream.Flush();
    }

    /// <summary>Writes a PNG image.</summary>
    /// <param name="step">The step.</param>
    /// <param name="tag">Its name; images of one name are one series.</param>
    /// <param name="pngFile">The file.</param>
    /// <exception cref="FormatException">The file is not a PNG image.</exception>
    public void Image(long step, string tag, string pngFile)
    {
        var png = File.ReadAllBytes(pngFile);
        if (png.Length < 26 || !png.AsSpan(0, 8).SequenceEqual(s_pngSignature))
            throw new FormatException($"'{pngFile}' is not a PNG image.");
        const int rgb = 3;
        // The PNG header: width at byte 16, height at byte 20, big-endian.
        var image = new Summary.Types.Image
        {
            Height = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)),
            Width = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)),
            Colorspace = rgb,
            EncodedImageString = UnsafeByteOperations.UnsafeWrap(png),
        };
        Append(step, [new() { Tag = tag, Image = image }]);
        _stream.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Append(long step, IEnumerable<Summary.Types.Value> values) =>
        Append(
            new()
            {
                Step = step,
                Summary = new() { Value = { values } },
            }
        );

    // Length, its checksum, content, its checksum.
    private void Append(Event message)
    {
        message.WallTime = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds;
        var content = message.ToByteArray();
        Span<byte> frame = stackalloc byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(frame, content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], MaskedChecksum(frame[..8]));
        _stream.Write(frame);
        _stream.Write(content);
        BinaryPrimitives.WriteUInt32LittleEndian(frame, MaskedChecksum(content));
        _stream.Write(frame[..4]);
    }

    // CRC-32C, rotated and shifted by TFRecord's constant so that checksums of checksums stay good ones.
    private static uint MaskedChecksum(ReadOnlySpan<byte> bytes)
    {
        uint checksum = uint.MaxValue;
        foreach (byte value in bytes)
            checksum = BitOperations.Crc32C(checksum, value);
        return BitOperations.RotateRight(~checksum, 15) + 0xA282EAD8;
    }
}
