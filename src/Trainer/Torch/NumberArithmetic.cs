using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Arithmetic of tensors and numbers. TorchSharp's operators make a native scalar of the number, and of the factor 1
/// that sums and differences have inside, and nothing keeps it alive during the call (0.107): the garbage collector may
/// free it while libtorch reads it. Here it lives until then.
/// </summary>
internal static class NumberArithmetic
{
    private static readonly Scalar s_one = 1.ToScalar();
    private static readonly Scalar s_minusOne = (-1).ToScalar();

    public static Tensor Plus(this Tensor tensor, Tensor other) => tensor.add(other, s_one);

    public static Tensor Minus(this Tensor tensor, Tensor other) => tensor.add(other, s_minusOne);

    /// <summary>The sum of one tensor or more, from the first to the last.</summary>
    public static Tensor Sum(this IEnumerable<Tensor> tensors) => tensors.Aggregate(Plus);

    /// <summary>Adds to the tensor itself.</summary>
    public static void Accumulate(this Tensor tensor, Tensor other) => tensor.add_(other, s_one);

    /// <summary>Sets all values of the tensor itself.</summary>
    public static void Fill(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        tensor.fill_(scalar);
    }

    public static Tensor Times(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.mul(scalar);
    }

    public static Tensor Plus(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.add(scalar);
    }

    public static Tensor Over(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.div(scalar);
    }

    public static Tensor LeakyRelu(this Tensor tensor, double slope, bool overwrite)
    {
        using var scalar = slope.ToScalar();
        return overwrite ? tensor.leaky_relu_(scalar) : tensor.leaky_relu(scalar);
    }

    /// <summary>The square of every value. TorchSharp's own is a power of a scalar.</summary>
    public static Tensor Squared(this Tensor tensor) => tensor.mul(tensor);
}
