namespace Microsoft.ML.Data;

internal enum RowFilter
{
    Keep,
    Skip,
    Stop,
}
