namespace Microsoft.ML.Runtime;

/// <summary>Argument and state checks with the exception types of ML.NET.</summary>
internal static class Contracts
{
    public static T CheckValue<T>(T value, string paramName) where T : class
        => value ?? throw new ArgumentNullException(paramName);

    public static string CheckNonEmpty(string value, string paramName)
        => string.IsNullOrEmpty(value) ? throw new ArgumentOutOfRangeException(paramName, $"{paramName} cannot be null or empty") : value;

    public static string CheckNonWhiteSpace(string value, string paramName)
        => string.IsNullOrWhiteSpace(value) ? throw new ArgumentOutOfRangeException(paramName, $"{paramName} cannot be null or white space") : value;

    public static void CheckParam(bool condition, string paramName, string message)
    {
        if (!condition) throw new ArgumentOutOfRangeException(paramName, message);
    }

    public static void Check(bool condition, string message)
    {
        if (!condition) throw new InvalidOperationException(message);
    }

    public static InvalidOperationException Except(string message, Exception inner = null) => new(message, inner);

    public static ArgumentOutOfRangeException ExceptParam(string paramName, string message) => new(paramName, message);

    public static ArgumentOutOfRangeException ExceptSchemaMismatch(string paramName, string role, string column)
        => new(paramName, $"Could not find {role} column '{column}'");

    public static ArgumentOutOfRangeException ExceptSchemaMismatch(string paramName, string role, string column, string expected, string actual)
        => new(paramName, $"Schema mismatch for {role} column '{column}': expected {expected}, got {actual}");

    public static NotSupportedException ExceptSmaller(string what, string package = "Microsoft.ML 5.0.0")
        => new($"{what} is not part of this build's own subset of ML.NET; build with -p:Packages=nuget to use the real package {package}.");
}
