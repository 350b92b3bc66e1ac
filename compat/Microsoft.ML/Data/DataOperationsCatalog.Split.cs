using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    public readonly struct TrainTestData
    {
        public readonly IDataView TrainSet;
        public readonly IDataView TestSet;

        internal TrainTestData(IDataView trainSet, IDataView testSet)
        {
            TrainSet = trainSet;
            TestSet = testSet;
        }
    }

    public TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string samplingKeyColumnName = null, int? seed = null)
    {
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckParam(testFraction is > 0 and < 1, nameof(testFraction), "Must be between 0 and 1 exclusive");
        if (samplingKeyColumnName != null) throw Contracts.ExceptSmaller("TrainTestSplit by a sampling key column");
        var start = seed ?? ((_env as Data.LocalEnvironment)?.NewRandom(null) ?? new Random()).Next();
        IDataView Part(bool test) => new Data.FilteredDataView(data, () =>
        {
            var random = new Random(start);
            return () => random.NextDouble() < testFraction == test ? Data.RowFilter.Keep : Data.RowFilter.Skip;
        });
        return new TrainTestData(Part(false), Part(true));
    }
}
