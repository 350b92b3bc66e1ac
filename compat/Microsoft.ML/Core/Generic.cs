using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Calls a generic method with a type argument known only at run time, without wrapping its exceptions.</summary>
internal static class Generic
{
    public static TResult Invoke<TResult>(MethodInfo method, Type argument, object target, params object[] arguments)
        => (TResult)method.MakeGenericMethod(argument).Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
}
