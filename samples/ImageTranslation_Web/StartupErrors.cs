using Microsoft.Extensions.Options;

namespace ImageTranslation_Web;

/// <summary>Tells what whoever starts the program can mend from faults of the program.</summary>
internal static class StartupErrors
{
    /// <summary>One line about a wrong setting, or an address that is wrong or taken; null for anything else.</summary>
    public static string? Explain(Exception exception) =>
        exception switch
        {
            OptionsValidationException wrong => string.Join(Environment.NewLine, wrong.Failures),
            // What the configuration binder throws: a text where a number belongs, or an unknown name.
            InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => exception.Message,
            IOException => exception.Message,
            // An address that is none, from Kestrel.
            FormatException => exception.Message,
            _ => null,
        };
}
