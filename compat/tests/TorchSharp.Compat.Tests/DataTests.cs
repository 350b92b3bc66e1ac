using System.Runtime.InteropServices;
using MlNetImageTranslation.TestSupport;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetImageTranslation.TorchSharpCompat.Tests;

/// <summary>Values in and out: arrays, spans over the tensor's memory, accessors, files.</summary>
public sealed class DataTests
{
    [Fact]
    public void Tensors_copy_arrays_and_take_shapes()
    {
        using var scope = NewDisposeScope();
        float[] values = [1, 2, 3, 4, 5, 6];
        var copied = tensor(values, [2, 3]);
        values[0] = 9;
        Assert.Equal([2L, 3L], copied.shape);
        Assert.Equal([1f, 2, 3, 4, 5, 6], copied.data<float>().ToArray());
        Assert.Equal([1f, 4, 2, 5, 3, 6], copied.t().data<float>().ToArray());
        Assert.Equal(6f, copied.data<float>()[1, 2]);
        Assert.Equal([2L, 2L], tensor(new long[,] { { 1, 2 }, { 3, 4 } }).shape);
        Assert.Throws<ArgumentException>(() => tensor(values, [7]));
        Assert.Equal(ScalarType.Byte, tensor(new byte[] { 1 }).dtype);
        Assert.Equal(ScalarType.Float64, tensor(1.5).dtype);
        Assert.Equal(ScalarType.Int64, arange(3).dtype);
        Assert.Equal(ScalarType.Float32, full(2, 2, 1.0).dtype);
    }

    [Fact]
    public void From_array_shares_memory()
    {
        using var scope = NewDisposeScope();
        float[] values = [1, 2, 3];
        var shared = from_array(values);
        values[1] = 7;
        shared.mul_(2);
        Assert.Equal([2f, 14f, 6f], values);
        var part = frombuffer(values, ScalarType.Float32, count: 1, offset: 4);
        Assert.Equal(14f, part.item<float>());
        Assert.Throws<ArgumentException>(() => frombuffer(values, ScalarType.Float32, count: 3, offset: 4));
    }

    [Fact]
    public void Bytes_are_the_memory_of_the_tensor()
    {
        using var scope = NewDisposeScope();
        var a = zeros(2, 2);
        MemoryMarshal.Cast<byte, float>(a.bytes)[3] = 5;
        Assert.Equal(5f, a[1, 1].ToSingle());
        a.bytes = MemoryMarshal.AsBytes(new float[] { 1, 2, 3, 4 }.AsSpan());
        Assert.Equal(10f, a.sum().item<float>());
        Assert.Throws<ArgumentException>(() => a.bytes = new byte[3]);
        Assert.Throws<ArgumentException>(() => a.item<float>());
        Assert.Throws<ArgumentException>(() => a.sum().item<double>());
    }

    [Fact]
    public void Files_of_torch_save_are_readable_by_PyTorch()
    {
        var why = PythonOracle.WhyMissing("torch");
        Assert.SkipWhen(why is not null, why ?? "");
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var path = folder.File("tensor.pt");
        var saved = arange(6, ScalarType.Float32).reshape(2, 3);
        save(saved, path);
        Assert.True(load(path).allclose(saved, 0, 0));
        Assert.Equal("[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]", PythonOracle.Run(
            "import sys, torch; m = torch.jit.load(sys.argv[1]); print(([*m.parameters()] + [*m.buffers()])[0].tolist())", path).Trim());
    }

    [Fact]
    public void Indexed_assignment_writes_into_the_tensor()
    {
        using var scope = NewDisposeScope();
        var a = zeros(3, 4);
        a[1, 2] = tensor(5f);
        a[TensorIndex.Colon, 0..1] = ones(3, 1);
        a[TensorIndex.Tensor(tensor([2L])), 3] = tensor([8f]);
        Assert.Equal([1f, 0, 0, 0, 1, 0, 5, 0, 1, 0, 0, 8], a.data<float>().ToArray());
    }

    [Fact]
    public void The_finalizer_frees_what_nobody_disposed()
    {
        static WeakReference Lose() => new(ones(10).DetachFromDisposeScope());
        var lost = Lose();
        for (int i = 0; i < 10 && lost.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.False(lost.IsAlive);
    }

    [Fact]
    public void Devices_have_names_and_absent_ones_say_so()
    {
        Assert.Equal("cpu", CPU.ToString());
        Assert.Equal("cuda:1", device("cuda:1").ToString());
        Assert.Throws<ArgumentException>(() => device("quantum"));
        Assert.SkipWhen(cuda.is_available(), "this machine has CUDA");
        Assert.Throws<InvalidOperationException>(() => ones(1).to(DeviceType.CUDA));
    }
}
