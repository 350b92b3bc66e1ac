using System.IO.MemoryMappedFiles;

namespace MlNetImageTranslation;

/// <summary>
/// The bytes of a model, from memory or from a file that is mapped, not read: weights are touched only when something
/// reads them.
/// </summary>
internal sealed unsafe class OnnxBytes : IDisposable
{
    private readonly byte[]? _bytes;
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte* _pointer;
    private readonly int _length;

    /// <summary>A model in memory.</summary>
    public OnnxBytes(byte[] bytes) => _bytes = bytes;

    /// <summary>A model in a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The file is empty or has 2 GiB or more.</exception>
    public OnnxBytes(string file)
    {
        if (!File.Exists(file))
            throw new FileNotFoundException($"There is no model file '{file}'.", file);
        // A link has a length of its own, which says nothing about what it leads to.
        var info = File.ResolveLinkTarget(file, returnFinalTarget: true) as FileInfo ?? new FileInfo(file);
        long length = info.Length;
        if (length is 0 or > int.MaxValue)
            throw new FormatException(
                $"Model file '{file}' has {length} bytes; an ONNX model has between 1 and {int.MaxValue}."
            );
        _file = MemoryMappedFile.CreateFromFile(file, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _pointer = pointer + _view.PointerOffset;
        _length = (int)length;
    }

    /// <summary>The bytes; none may be used after disposing.</summary>
    public ReadOnlySpan<byte> Span => _bytes ?? new ReadOnlySpan<byte>(_pointer, _length);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_view is null)
            return;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file!.Dispose();
    }
}
