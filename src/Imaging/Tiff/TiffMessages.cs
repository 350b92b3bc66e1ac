using BitMiracle.LibTiff.Classic;

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// Collects what LibTiff says of our files, which it would print. It has one handler for a process: what it says of the
/// files of others goes to the handler that was there.
/// </summary>
internal sealed class TiffMessages
{
    private static readonly Lazy<bool> s_isInstalled = new(() =>
    {
        var handler = new Handler();
        handler.Before = Tiff.SetErrorHandler(handler);
        return true;
    });

    /// <summary>The first error; null where there is none.</summary>
    public string? Error { get; private set; }

    /// <summary>Opens a file for reading or writing.</summary>
    /// <param name="stream">The file; closed with it.</param>
    /// <param name="mode">r or w.</param>
    public Tiff? Open(Stream stream, string mode)
    {
        _ = s_isInstalled.Value;
        return Tiff.ClientOpen("image", mode, this, new Content(stream));
    }

    // The stream is kept in a field of its own: what LibTiff hands over is the client's data, these messages.
    private sealed class Content(Stream stream) : TiffStream
    {
        public override int Read(object clientData, byte[] buffer, int offset, int count) =>
            stream.Read(buffer, offset, count);

        public override void Write(object clientData, byte[] buffer, int offset, int count) =>
            stream.Write(buffer, offset, count);

        public override long Seek(object clientData, long offset, SeekOrigin origin) => stream.Seek(offset, origin);

        public override void Close(object clientData) => stream.Dispose();

        public override long Size(object clientData) => stream.Length;
    }

    private sealed class Handler : TiffErrorHandler
    {
        public TiffErrorHandler? Before { get; set; }

        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
        {
            if (tif?.Clientdata() is TiffMessages messages)
                messages.Error ??= Text(format, args);
            else
                Before?.ErrorHandler(tif, method, format, args);
        }

        public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
        {
            if (tif?.Clientdata() is not TiffMessages)
                Before?.WarningHandler(tif, method, format, args);
        }

        private static string Text(string format, object[] args)
        {
            try
            {
                return string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args);
            }
            catch (FormatException)
            {
                return format;
            }
        }
    }
}
