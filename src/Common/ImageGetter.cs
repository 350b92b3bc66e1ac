using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation;

/// <summary>
/// Reads an ML.NET column as <see cref="RgbImage"/>: images, the paths of image files, or the bytes of image files.
/// </summary>
internal sealed class ImageGetter
{
    /// <summary>The columns that can be read, for messages.</summary>
    public const string ReadableTypes = "Image, String (the path of a file) or Vector<Byte> (the content of a file)";

    private readonly Func<RgbImage?> _read;

    /// <param name="row">The row or cursor to read from; the column must be active.</param>
    /// <param name="column">A column of a type that can be read.</param>
    /// <param name="keepAlpha">Whether alpha is kept, and not composed on white.</param>
    public ImageGetter(DataViewRow row, DataViewSchema.Column column, bool keepAlpha = false)
        : this(row, column, new Decoder(keepAlpha)) { }

    private ImageGetter(DataViewRow row, DataViewSchema.Column column, Decoder decoder) =>
        _read = column.Type switch
        {
            TextDataViewType => Paths(row, column, decoder),
            VectorDataViewType => Contents(row, column, decoder),
            _ => Copies(row, column, decoder.Options.KeepAlpha),
        };

    /// <summary>A reader of instance images, whose files may have ids of 16 bits.</summary>
    /// <param name="row">The row or cursor to read from; the column must be active.</param>
    /// <param name="column">A column of a type that can be read.</param>
    public static ImageGetter OfInstances(DataViewRow row, DataViewSchema.Column column) =>
        new(row, column, new Decoder(KeepAlpha: false, Instances: true));

    /// <summary>A column that can be read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is missing or of another type.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        var column = schema.GetColumnOrNull(name) ?? throw Missing(name);
        return CanRead(column.Type) ? column : throw Mismatch(name, column.Type.ToString()!);
    }

    /// <summary>There is no such column, in ML.NET's words.</summary>
    public static ArgumentOutOfRangeException Missing(string name) =>
        new("inputSchema", $"Could not find input column '{name}'");

    /// <summary>A column cannot be read, in ML.NET's words.</summary>
    public static ArgumentOutOfRangeException Mismatch(string name, string got) =>
        new("inputSchema", $"Schema mismatch for input column '{name}': expected {ReadableTypes}, got {got}");

    /// <summary>Whether columns of this type can be read.</summary>
    public static bool CanRead(DataViewType type) =>
        type is ImageDataViewType or TextDataViewType
        || (type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Byte);

    /// <summary>Whether columns of this shape can be read.</summary>
    public static bool CanRead(SchemaShape.Column column) =>
        column.Kind == SchemaShape.Column.VectorKind.Scalar
            ? column.ItemType is ImageDataViewType or TextDataViewType
            : column.ItemType == NumberDataViewType.Byte;

    /// <summary>The image of the current row; null where it has none (no image, an empty path, no bytes).</summary>
    /// <exception cref="IOException">The path of the row cannot be read.</exception>
    /// <exception cref="FormatException">The file is no image that can be decoded.</exception>
    public RgbImage? Read() => _read();

    /// <summary>An independent copy of an image.</summary>
    public static MLImage? Clone(MLImage? image)
    {
        if (image is null)
            return null;
        var clone = MLImage.CreateFromPixels(image.Width, image.Height, image.PixelFormat, image.Pixels);
        clone.Tag = image.Tag;
        GC.KeepAlive(image);
        return clone;
    }

    /// <summary>
    /// A reader of a column of images: of the current row's image, which may be disposed when the row moves on; null
    /// where it has none.
    /// </summary>
    /// <param name="row">The row or cursor to read from; the column must be active.</param>
    /// <param name="column">A column of images.</param>
    public static Func<MLImage?> Images(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<MLImage>(column);
        MLImage? image = null;
        return () =>
        {
            // The getter disposes the image that it finds here if it made it, and leaves it alone if it is the user's.
            getter(ref image!);
            return image is null or { Width: 0 } or { Height: 0 } ? null : image;
        };
    }

    // ML.NET disposes its images when the cursor moves on, so they are copied at once.
    private static Func<RgbImage?> Copies(DataViewRow row, DataViewSchema.Column column, bool keepAlpha)
    {
        var read = Images(row, column);
        return () => read() is { } image ? RgbImage.FromMLImage(image, keepAlpha) : null;
    }

    private static Func<RgbImage?> Paths(DataViewRow row, DataViewSchema.Column column, Decoder decoder)
    {
        var getter = row.GetGetter<ReadOnlyMemory<char>>(column);
        return () =>
        {
            ReadOnlyMemory<char> path = default;
            getter(ref path);
            return path.Span.IsWhiteSpace() ? null : decoder.Decode(path.ToString());
        };
    }

    private static Func<RgbImage?> Contents(DataViewRow row, DataViewSchema.Column column, Decoder decoder)
    {
        var getter = row.GetGetter<VBuffer<byte>>(column);
        VBuffer<byte> content = default;
        return () =>
        {
            getter(ref content);
            return content.Length == 0
                ? null
                : decoder.Decode([.. content.DenseValues()], $"column '{column.Name}', row {row.Position}");
        };
    }

    /// <summary>How files become images.</summary>
    private sealed record Decoder(bool KeepAlpha, bool Instances = false)
    {
        public ImageDecoderOptions Options { get; } = ImageDecoderOptions.Default with { KeepAlpha = KeepAlpha };

        public RgbImage Decode(string path) =>
            Instances ? ImageDecoder.DecodeInstances(path, Options) : ImageDecoder.Decode(path, Options);

        public RgbImage Decode(byte[] file, string name) =>
            Instances ? ImageDecoder.DecodeInstances(file, name, Options) : ImageDecoder.Decode(file, name, Options);
    }
}
