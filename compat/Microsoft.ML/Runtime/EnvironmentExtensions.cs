using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

internal static class EnvironmentExtensions
{
    /// <summary>The environment under a host or an MLContext; every IHostEnvironment here is one of three classes.</summary>
    public static LocalEnvironment Local(this IHostEnvironment env) => env switch
    {
        LocalEnvironment local => local,
        Host host => host.Root,
        MLContext context => context.Environment,
        null => throw new ArgumentNullException(nameof(env)),
        _ => throw Contracts.ExceptSmaller($"An own implementation of IHostEnvironment ({env.GetType()})"),
    };
}
