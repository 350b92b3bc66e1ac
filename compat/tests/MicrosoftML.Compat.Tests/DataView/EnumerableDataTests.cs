using Microsoft.ML;
using Microsoft.ML.Data;

namespace MicrosoftML.Compat.Tests;

public sealed class EnumerableDataTests
{
    private readonly MLContext _ml = new();

    private sealed class Mixed
    {
        [ColumnName("renamed")]
        public int Number;

        [LoadColumn(3)]
        public string Text = "";

        public bool Flag { get; set; }

        [NoColumn]
        public object? Ignored { get; set; }

        public double[] Any { get; set; } = [];

        public VBuffer<byte> Bytes { get; set; }

        public string[] Words { get; set; } = [];
    }

    private static Mixed[] Rows => [
        new Mixed { Number = 1, Text = "one", Flag = true, Any = [1, 2], Bytes = new VBuffer<byte>(2, [7, 8]), Words = ["a", "b"] },
        new Mixed { Number = 2, Text = "two", Any = [3], Words = [] },
    ];

    [Fact]
    public void Members_become_columns_of_their_types()
    {
        var schema = _ml.Data.LoadFromEnumerable(Rows).Schema;
        Assert.Equal(["Any", "Bytes", "Flag", "Text", "Words", "renamed"], schema.Select(c => c.Name).Order(StringComparer.Ordinal));
        Assert.Same(NumberDataViewType.Int32, schema["renamed"].Type);
        Assert.Same(TextDataViewType.Instance, schema["Text"].Type);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Double), schema["Any"].Type);
    }

    [Fact]
    public void Rows_come_back_as_they_went_in()
    {
        var back = _ml.Data.CreateEnumerable<Mixed>(_ml.Data.LoadFromEnumerable(Rows), reuseRowObject: false).ToArray();
        Assert.Equal(2, back.Length);
        Assert.Equal(1, back[0].Number);
        Assert.Equal("one", back[0].Text);
        Assert.True(back[0].Flag);
        Assert.Equal([1.0, 2.0], back[0].Any);
        Assert.Equal([7, 8], back[0].Bytes.DenseValues());
        Assert.Equal(["a", "b"], back[0].Words);
        Assert.Equal([3.0], back[1].Any);
    }

    [Fact]
    public void A_reused_row_object_is_the_same_for_every_row()
        => Assert.Single(_ml.Data.CreateEnumerable<Mixed>(_ml.Data.LoadFromEnumerable(Rows), reuseRowObject: true).ToHashSet());

    [Fact]
    public void A_cursor_counts_positions_and_ids_and_serves_only_active_columns()
    {
        var data = _ml.Data.LoadFromEnumerable(Rows);
        using var cursor = data.GetRowCursor([data.Schema["renamed"]]);
        Assert.Equal(-1, cursor.Position);
        Assert.False(cursor.IsColumnActive(data.Schema["Text"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetGetter<ReadOnlyMemory<char>>(data.Schema["Text"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(data.Schema["renamed"]));
        var getter = cursor.GetGetter<int>(data.Schema["renamed"]);
        var id = cursor.GetIdGetter();
        var number = 0;
        Assert.Throws<InvalidOperationException>(() => getter(ref number));
        Assert.True(cursor.MoveNext());
        Assert.True(cursor.MoveNext());
        getter(ref number);
        DataViewRowId rowId = default;
        id(ref rowId);
        Assert.Equal((2, 1L, 0L, new DataViewRowId(1, 0)), (number, cursor.Position, cursor.Batch, rowId));
        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
        Assert.Single(data.GetRowCursorSet([], 4));
    }

    [Fact]
    public void The_row_count_is_known_for_collections_only()
    {
        Assert.Equal(2, _ml.Data.LoadFromEnumerable(Rows).GetRowCount());
        Assert.Null(_ml.Data.LoadFromEnumerable(Rows.Where(_ => true)).GetRowCount());
    }

    [Fact]
    public void A_schema_definition_changes_names_types_and_is_indexed_by_column_name()
    {
        var definition = SchemaDefinition.Create(typeof(Named));
        definition["Values"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3, 1);
        definition["Name"].ColumnName = "Title";
        var schema = _ml.Data.LoadFromEnumerable([new Named()], definition).Schema;
        Assert.Equal("Vector<Single, 3, 1>", schema["Values"].Type.ToString());
        Assert.NotNull(schema.GetColumnOrNull("Title"));
        Assert.Throws<ArgumentOutOfRangeException>(() => definition["Name"]);

        definition["Values"].ColumnType = NumberDataViewType.Single;
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromEnumerable([new Named()], definition));
    }

    private sealed class Unknown
    {
        public Version? Version { get; set; }
    }

    [Fact]
    public void Unknown_member_types_null_rows_and_missing_columns_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromEnumerable<Unknown>([]));
        var withNull = _ml.Data.LoadFromEnumerable(new Number?[] { null }!);
        Assert.Throws<InvalidOperationException>(() => withNull.GetColumn<float>("Value").ToArray());
        var numbers = _ml.Data.LoadFromEnumerable([new Number { Value = 1 }]);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.CreateEnumerable<Named>(numbers, false));
        Assert.Single(_ml.Data.CreateEnumerable<Named>(numbers, false, ignoreMissingColumns: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => numbers.GetColumn<float>("Other"));
    }

    [Fact]
    public void Columns_are_read_as_values_texts_and_arrays()
    {
        var data = _ml.Data.LoadFromEnumerable([new Named { Name = "a", Values = [1, 2, 3] }]);
        Assert.Equal(["a"], data.GetColumn<string>("Name"));
        Assert.Equal([1f, 2f, 3f], data.GetColumn<float[]>("Values").Single());
        Assert.Throws<ArgumentOutOfRangeException>(() => data.GetColumn<int>("Name"));
    }

    [Fact]
    public void Rows_are_taken_skipped_and_split()
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 100).Select(i => new Number { Value = i }).ToArray());
        Assert.Equal([0f, 1f, 2f], _ml.Data.TakeRows(data, 3).GetColumn<float>("Value"));
        Assert.Equal([98f, 99f], _ml.Data.SkipRows(data, 98).GetColumn<float>("Value"));
        var split = _ml.Data.TrainTestSplit(data, 0.3, seed: 1);
        var train = split.TrainSet.GetColumn<float>("Value").ToArray();
        var test = split.TestSet.GetColumn<float>("Value").ToArray();
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (float)i), train.Concat(test).Order());
        Assert.InRange(test.Length, 15, 45);
        Assert.Equal(test, split.TestSet.GetColumn<float>("Value"));
    }

    [Fact]
    public void A_cache_reads_its_source_once_for_every_column()
    {
        var reads = 0;
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(i => { reads++; return new Number { Value = i }; }));
        var cached = _ml.Data.Cache(data);
        Assert.Equal([0f, 1f, 2f], cached.GetColumn<float>("Value"));
        var after = reads;
        Assert.Equal([0f, 1f, 2f], cached.GetColumn<float>("Value"));
        Assert.Equal(after, reads);
        Assert.Equal(3, cached.GetRowCount());
    }
}
