using System.Text.RegularExpressions;

namespace MlNetImageTranslation.Trainer;

/// <summary>Names of networks in the place where one of a kind is asked for: generators, or discriminators.</summary>
internal static partial class NetworkRole
{
    /// <summary>Refuses what is no name of a generator.</summary>
    /// <exception cref="ArgumentException">It is none; the message lists generators.</exception>
    public static void RequireGenerator(string name) =>
        Require(
            name,
            "generator",
            NetworkCatalog.Generators,
            "; unet and encoder-decoder with any power of two, resnet with any number of blocks, antialiased or not"
        );

    /// <summary>Refuses what is no name of a discriminator.</summary>
    /// <exception cref="ArgumentException">It is none; the message lists discriminators.</exception>
    public static void RequireDiscriminator(string name) =>
        Require(name, "discriminator", NetworkCatalog.Discriminators, "");

    private static void Require(string name, string role, IReadOnlyList<string> fitting, string others)
    {
        string canonical = NetworkCatalog.CanonicalName(name);
        if (fitting.Contains(canonical) || (others.Length > 0 && Numbered().IsMatch(canonical)))
            return;
        bool isOther = NetworkCatalog.Names.Contains(canonical) || Numbered().IsMatch(canonical);
        throw new ArgumentException(
            $"{char.ToUpperInvariant(role[0])}{role[1..]}: "
                + (isOther ? $"Network '{name}' is no {role}." : $"There is no {role} named '{name}'.")
                + $"{Suggestions.For(canonical, fitting)} Known are: {string.Join(", ", fitting)}{others}."
        );
    }

    // What the numbers may be, the catalog knows.
    [GeneratedRegex("^(unet|encoder-decoder|resnet)-[0-9]+(-antialiased)?$")]
    private static partial Regex Numbered();
}
