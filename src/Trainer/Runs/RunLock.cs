namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Holds a run folder for one run at a time. It is a lock of the operating system on an open file, so that it ends with
/// the process, however that ends; the file stays and means nothing by itself.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private const int WouldBlockLinux = 11,
        WouldBlockMac = 35,
        SharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _file;

    /// <summary>Takes the folder, which is made where it is missing.</summary>
    /// <exception cref="InvalidOperationException">Another run has it.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public RunLock(RunFolder folder)
    {
        NewFolder.Make(folder.Path);
        try
        {
            _file = new(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception.HResult is WouldBlockLinux or WouldBlockMac or SharingViolation)
        {
            throw new InvalidOperationException(
                $"Another process is training in '{folder.Path}'. Wait for its end, or choose another folder.",
                exception
            );
        }
    }

    public void Dispose() => _file.Dispose();
}
