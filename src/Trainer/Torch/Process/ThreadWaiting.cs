using System.Globalization;
using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// How long libtorch's threads wait for each other in a loop before they go to sleep. GNU OpenMP's default is some
/// milliseconds, again and again within every step: on a machine that does anything else, they keep the processors from
/// the very threads that they wait for.
/// </summary>
internal static partial class ThreadWaiting
{
    private const string SpinCount = "GOMP_SPINCOUNT";

    /// <summary>
    /// Some tenths of a millisecond, measured: with fewer (1000) the many short layers of a ResNet wait for threads to
    /// wake up, with libgomp's 300,000 a U-Net's threads wait longer than they work as soon as the machine does
    /// anything else.
    /// </summary>
    private const int Rounds = 5000;

    /// <summary>Whether <see cref="Shorten"/> has made it short.</summary>
    public static bool IsShortened { get; private set; }

    /// <summary>
    /// Makes the waiting short. libgomp reads its environment once, when it is loaded: this must come before the first
    /// call into libtorch, and does nothing after it. Nothing happens without glibc, or where the environment has
    /// chosen (OMP_WAIT_POLICY, GOMP_SPINCOUNT).
    /// </summary>
    public static void Shorten()
    {
        if (!OperatingSystem.IsLinux() || IsSet("OMP_WAIT_POLICY") || IsSet(SpinCount))
            return;
        try
        {
            // The environment that C code sees; Environment.SetEnvironmentVariable changes .NET's copy only.
            IsShortened = setenv(SpinCount, Rounds.ToString(CultureInfo.InvariantCulture), 0) == 0;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library: it has its own ways.
        }
    }

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    [LibraryImport("libc.so.6", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
