namespace MlNetImageTranslation.Cli.Doctor;

/// <summary>Which BLAS libtorch computes with: on Debian the alternatives decide, and the wrong one costs a factor.</summary>
internal static class BlasProbe
{
    /// <summary>Looks at what is mapped; call it after libtorch has been loaded.</summary>
    public static Finding Look()
    {
        var openBlas = LoadedLibraries.Named("libopenblas");
        if (openBlas.Count > 0) return Judge(openBlas[0]);
        if (LoadedLibraries.Named("libmkl").Count > 0) return new("BLAS", $"MKL ({LoadedLibraries.Named("libmkl")[0]})");
        var plain = LoadedLibraries.Named("libblas");
        if (plain.Count > 0)
            return new("BLAS", $"reference BLAS ({plain[0]})", Severity.Warning, "Training is 6-10 times slower than with OpenBLAS: ./setup.sh installs libopenblas0-openmp.");
        return new("BLAS", "linked into libtorch");
    }

    /// <summary>Judges a resolved path of OpenBLAS, whose folder tells the flavour on Debian.</summary>
    internal static Finding Judge(string path)
    {
        if (path.Contains("openblas-pthread", StringComparison.Ordinal))
            return new("BLAS", $"OpenBLAS, pthread ({path})", Severity.Warning,
                "Its threads fight OpenMP's for the cores (1.6-2 times slower): ./setup.sh makes libtorch use libopenblas0-openmp.");
        var flavour = path.Contains("openblas-openmp", StringComparison.Ordinal) ? "openmp"
            : path.Contains("openblas-serial", StringComparison.Ordinal) ? "serial" : "flavour unknown";
        return new("BLAS", $"OpenBLAS, {flavour} ({path})");
    }
}
