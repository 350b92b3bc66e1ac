using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// TorchSharp's native library: how it is loaded, and what is wrong where it is not. TorchSharp 0.107 was built with
/// GCC 13 and asks for a version of libstdc++ (GLIBCXX_3.4.32) that Debian 12 and Ubuntu 22.04 lack, though it uses
/// nothing of that version. There it is loaded from a copy in memory that asks for it weakly; no file changes.
/// </summary>
internal static class TorchLibrary
{
    private const string Name = "LibTorchSharp";
    private const string NewestVersion = "GLIBCXX_3.4.32";

    private static string? s_problem;

    /// <summary>
    /// Whether the library was loaded from a copy in memory, because this system's libstdc++ is older than the library.
    /// </summary>
    public static bool LoadedFromMemory { get; private set; }

    /// <summary>Starts torch, or says why it does not start.</summary>
    /// <exception cref="DllNotFoundException">The native libraries are missing or do not load on this system; the
    /// message says what to do.</exception>
    public static void EnsureLoaded()
    {
        try
        {
            torch.get_num_threads();
        }
        catch (Exception exception)
            when (exception
                    is TypeInitializationException
                        or DllNotFoundException
                        or EntryPointNotFoundException
                        or BadImageFormatException
                        or NotSupportedException
            )
        {
            throw new DllNotFoundException(Explain(exception), exception);
        }
    }

    // CA2255: a library that must act before the first call into another one has no other place.
#pragma warning disable CA2255
    /// <summary>
    /// Offers the copy in memory where ordinary loading fails. Naming TorchSharp's assembly does not start torch.
    /// </summary>
    [ModuleInitializer]
    internal static void Register()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return;
        }

        var context = AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly) ?? AssemblyLoadContext.Default;
        context.ResolvingUnmanagedDll += Resolve;
    }
#pragma warning restore CA2255

    private static IntPtr Resolve(Assembly assembly, string name)
    {
        if (name != Name || Find("libLibTorchSharp.so") is not { } file)
        {
            return IntPtr.Zero;
        }

        try
        {
            var image = File.ReadAllBytes(file);
            ElfVersions.Weaken(image, NewestVersion);
            // The copy has no folder of its own in which the loader could find what it needs.
            if (Find("libtorch.so") is { } libtorch)
            {
                NativeLibrary.Load(libtorch);
            }
            var handle = MemoryLibrary.Load(Name, image);
            LoadedFromMemory = true;
            return handle;
        }
        catch (Exception exception)
            when (exception
                    is DllNotFoundException
                        or BadImageFormatException
                        or IOException
                        or UnauthorizedAccessException
                        or InvalidDataException
            )
        {
            s_problem = $"'{file}' does not load: {exception.Message}";
            return IntPtr.Zero;
        }
    }

    private static string Explain(Exception exception)
    {
        string version = typeof(torch).Assembly.GetName().Version?.ToString(3) ?? "";
        if (OperatingSystem.IsLinux() && Find("libtorch.so") is null)
        {
            return "libtorch is not among the application's files. Add the package that carries it: `dotnet add "
                + "package TorchSharp-cpu "
                + $"--version {version}`, or TorchSharp-cuda-linux for an NVIDIA GPU.";
        }

        string problem = s_problem ?? (exception.InnerException ?? exception).Message;
        return $"TorchSharp's native library does not load: {problem} TorchSharp {version} needs x64 Linux with "
            + $"glibc 2.34 and libstdc++ of "
            + "GCC 12 or newer (Debian 12, Ubuntu 22.04), x64 Windows, or macOS on Apple silicon, and one of "
            + "the packages "
            + $"TorchSharp-cpu, TorchSharp-cuda-linux, TorchSharp-cuda-windows of version {version}.";
    }

    /// <summary>The file of that name in the folders where .NET looks for native libraries.</summary>
    private static string? Find(string fileName) =>
        SearchFolders().Select(folder => Path.Combine(folder, fileName)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> SearchFolders()
    {
        var declared = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        foreach (string folder in declared.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return folder;
        }

        string native = Path.Combine("runtimes", "linux-x64", "native");
        string besideAssembly = Path.GetDirectoryName(typeof(torch).Assembly.Location) ?? "";
        foreach (string folder in new[] { AppContext.BaseDirectory, besideAssembly })
        {
            yield return folder;
            yield return Path.Combine(folder, native);
        }

        // Scripts and notebooks load assemblies from the package folders themselves:
        // PACKAGES/torchsharp/VERSION/lib/net8.0.
        string package = Path.GetFullPath(Path.Combine(besideAssembly, "..", ".."));
        yield return Path.Combine(package, native);
        string packages = Path.GetFullPath(Path.Combine(package, "..", ".."));
        if (
            !string.Equals(
                Path.GetFileName(Path.GetDirectoryName(package)),
                "torchsharp",
                StringComparison.OrdinalIgnoreCase
            )
        )
        {
            yield break;
        }

        foreach (
            string libtorch in Directory
                .EnumerateDirectories(packages, "libtorch-c*-linux-x64")
                .Order(StringComparer.Ordinal)
                .Reverse()
        )
        {
            foreach (string version in Directory.EnumerateDirectories(libtorch))
            {
                yield return Path.Combine(version, native);
            }
        }
    }
}
