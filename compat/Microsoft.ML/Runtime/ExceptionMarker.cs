namespace Microsoft.ML.Runtime;

/// <summary>What IExceptionContext.Process writes into an exception.</summary>
internal static class ExceptionMarker
{
    public static T Mark<T>(T ex, string component) where T : Exception
    {
        ex.Data["ML_IsMarked"] = 1;
        if (!string.IsNullOrEmpty(component))
            ex.Data["Throwing component"] = ex.Data["Throwing component"] is string earlier ? component + "; " + earlier : component;
        return ex;
    }
}
