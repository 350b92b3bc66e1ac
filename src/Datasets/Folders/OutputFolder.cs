namespace MlNetImageTranslation.Datasets;

/// <summary>Folders that data tools write to.</summary>
internal static class OutputFolder
{
    /// <summary>
    /// Makes the folder where it is missing, unless it is one that is read: results have the names of what they are
    /// made from and would replace it.
    /// </summary>
    /// <exception cref="ArgumentException">The folder is one of the inputs.</exception>
    /// <exception cref="IOException">It, or one above it, is a file.</exception>
    public static void Create(string output, params ReadOnlySpan<string> inputs)
    {
        Check(output, inputs);
        NewFolder.Make(output);
    }

    /// <summary>As <see cref="Create"/>, for two folders: none is made where one of them cannot be.</summary>
    /// <exception cref="ArgumentException">A folder is the input, or the other one.</exception>
    /// <exception cref="IOException">A folder, or one above it, is a file.</exception>
    public static void CreateTwo(string first, string second, string input)
    {
        if (RealPath.Of(first) == RealPath.Of(second))
            throw new ArgumentException(
                $"Folder '{first}' would get both halves of each pair under one name; expected two output folders.",
                nameof(second)
            );
        Check(first, input);
        Check(second, input);
        NewFolder.Make(first);
        NewFolder.Make(second);
    }

    private static void Check(string output, params ReadOnlySpan<string> inputs)
    {
        // Links lead to one folder, too.
        foreach (string input in inputs)
            if (RealPath.Of(input) == RealPath.Of(output))
                throw new ArgumentException(
                    $"Folder '{output}' is read and would be written to as well; expected another output folder, so "
                        + $"that no original is replaced.",
                    nameof(output)
                );
        NewFolder.Check(output);
    }

    /// <summary>
    /// The images of an input folder, without those of outputs that lie inside it. No two may have one name: they would
    /// be written to one file.
    /// </summary>
    /// <exception cref="InvalidDataException">There are no images, or two of one name.</exception>
    public static ImageListing ListInput(string input, params string[] outputs)
    {
        var listing = ImageListing.Of(input, exceptFolders: outputs).RequireImages();
        PairedNames.RequireDistinct(listing);
        return listing;
    }

    /// <summary>The PNG that is written for an image: of the same path below the output as the image has below the
    /// input.</summary>
    public static string PngFor(ImageListing input, string file, string output)
    {
        string path = Path.Combine(output, input.NameOf(file) + ".png");
        NewFolder.Make(Path.GetDirectoryName(path)!);
        return path;
    }
}
