namespace Microsoft.ML.Data;

[Flags]
public enum TransformerScope
{
    None = 0,
    Training = 1,
    Testing = 2,
    Scoring = 4,
    TrainTest = 3,
    Everything = 7,
}
