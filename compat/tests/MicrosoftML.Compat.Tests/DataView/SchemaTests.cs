using Microsoft.ML;
using Microsoft.ML.Data;

namespace MicrosoftML.Compat.Tests;

public sealed class SchemaTests
{
    [Fact]
    public void The_last_column_of_a_name_hides_the_others()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("a", NumberDataViewType.Single);
        builder.AddColumn("b", TextDataViewType.Instance);
        builder.AddColumn("a", NumberDataViewType.Byte);
        var schema = builder.ToSchema();

        Assert.True(schema[0].IsHidden);
        Assert.Equal(2, schema["a"].Index);
        Assert.Null(schema.GetColumnOrNull("c"));
        Assert.Throws<ArgumentOutOfRangeException>(() => schema["c"]);
        Assert.Throws<ArgumentNullException>(() => schema[""]);
    }

    [Fact]
    public void Annotations_are_read_by_kind_and_type()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue("Quality", NumberDataViewType.Int32, 7);
        var column = new DataViewSchema.DetachedColumn("a", NumberDataViewType.Single, annotations.ToAnnotations());
        var value = 0;
        column.Annotations.GetValue("Quality", ref value);

        Assert.Equal(7, value);
        Assert.Throws<InvalidOperationException>(() => column.Annotations.GetValue("Other", ref value));
    }

    [Fact]
    public void Vector_types_are_equal_by_item_and_dimensions()
    {
        var type = new VectorDataViewType(NumberDataViewType.Single, 3, 4, 5);
        Assert.True(type.Equals(new VectorDataViewType(NumberDataViewType.Single, 3, 4, 5)));
        Assert.False(type.Equals(new VectorDataViewType(NumberDataViewType.Single, 60)));
        Assert.False(type.Equals(new VectorDataViewType(NumberDataViewType.Double, 3, 4, 5)));
        Assert.Equal(60, type.Size);
        Assert.Equal("Vector<Single, 3, 4, 5>", type.ToString());
        Assert.False(new VectorDataViewType(NumberDataViewType.Single).IsKnownSize);
        Assert.Equal(typeof(VBuffer<float>), type.RawType);
    }

    [Fact]
    public void A_sparse_vector_reads_like_its_dense_form()
    {
        var sparse = new VBuffer<float>(5, 2, [3f, 4f], [1, 4]);
        Assert.Equal([0f, 3f, 0f, 0f, 4f], sparse.DenseValues());
        Assert.Equal(4f, sparse.GetItemOrDefault(4));
        Assert.Equal(0f, sparse.GetItemOrDefault(0));
        VBuffer<float> dense = default;
        sparse.CopyToDense(ref dense);
        Assert.True(dense.IsDense);
        Assert.Equal([0f, 3f, 0f, 0f, 4f], dense.GetValues().ToArray());
        Assert.Equal([1, 4], sparse.Items().Select(i => i.Key));
    }

    [Fact]
    public void An_editor_reuses_a_buffer_that_is_large_enough()
    {
        var buffer = new VBuffer<int>(4, [1, 2, 3, 4]);
        var editor = VBufferEditor.Create(ref buffer, 2);
        Assert.False(editor.CreatedNewValues);
        editor.Values[0] = 9;
        editor.Values[1] = 8;
        Assert.Equal([9, 8], editor.Commit().GetValues().ToArray());
        Assert.True(VBufferEditor.Create(ref buffer, 5).CreatedNewValues);
    }
}
