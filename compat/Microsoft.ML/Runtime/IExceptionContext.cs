namespace Microsoft.ML.Runtime;

public interface IExceptionContext
{
    string ContextDescription { get; }

    TException Process<TException>(TException ex) where TException : Exception;
}
