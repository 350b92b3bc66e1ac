using System.Runtime.InteropServices;
using System.Text;
using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Functions of ONNX Runtime's C interface that its .NET library does not offer: those for operators of one's own. The
/// numbers are their places in the structure OrtApi of onnxruntime_c_api.h, to which versions only add at the end.
/// </summary>
internal static unsafe class RuntimeApi
{
    /// <summary>The version of the interface: that of ONNX Runtime 1.18.</summary>
    public const uint Version = 18;

    private const int CreateStatus = 0,
        GetErrorMessage = 2,
        CreateCustomOpDomain = 26,
        CustomOpDomainAdd = 27,
        AddCustomOpDomain = 28,
        GetTensorMutableData = 51,
        GetDimensionsCount = 61,
        GetDimensions = 62,
        GetTensorTypeAndShape = 65,
        AllocatorAlloc = 75,
        AllocatorFree = 76,
        KernelInfoGetAttributeFloat = 85,
        KernelInfoGetAttributeInt64 = 86,
        KernelContextGetInput = 90,
        KernelContextGetOutput = 91,
        ReleaseStatus = 93,
        ReleaseTensorTypeAndShapeInfo = 99,
        ReleaseAllocator = 132,
        KernelInfoGetConstantInputTensor = 249,
        KernelContextParallelFor = 274,
        KernelInfoGetAllocator = 278;

    private static readonly Lazy<nint> s_functions = new(Find);

    /// <summary>Whether the runtime has this version of the interface.</summary>
    public static bool IsThere => s_functions.Value != 0;

    /// <summary>A status that says what went wrong.</summary>
    public static nint Failure(string message)
    {
        fixed (byte* first = Utf8(message))
            return ((delegate* unmanaged<int, byte*, nint>)Function(CreateStatus))(1, first);
    }

    /// <summary>A domain of operators, which lives as long as the process.</summary>
    /// <param name="name">Its name, with a zero at the end.</param>
    /// <param name="operators">Its operators.</param>
    public static nint CreateDomain(byte* name, ReadOnlySpan<nint> operators)
    {
        nint domain;
        Check(((delegate* unmanaged<byte*, nint*, nint>)Function(CreateCustomOpDomain))(name, &domain));
        foreach (nint one in operators)
            Check(((delegate* unmanaged<nint, nint, nint>)Function(CustomOpDomainAdd))(domain, one));
        return domain;
    }

    /// <summary>Makes the operators of a domain known to sessions that are opened with some options.</summary>
    public static void AddDomain(SessionOptions options, nint domain) =>
        Check(
            ((delegate* unmanaged<nint, nint, nint>)Function(AddCustomOpDomain))(options.DangerousGetHandle(), domain)
        );

    /// <summary>An integer attribute of a node.</summary>
    public static long Integer(nint info, string name) => Attribute<long>(KernelInfoGetAttributeInt64, info, name);

    /// <summary>A number attribute of a node.</summary>
    public static float Number(nint info, string name) => Attribute<float>(KernelInfoGetAttributeFloat, info, name);

    /// <summary>The values of a constant input; null where the node has no such input.</summary>
    public static float* Constant(nint info, nuint index)
    {
        int isConstant;
        nint tensor = 0;
        Check(
            ((delegate* unmanaged<nint, nuint, int*, nint*, nint>)Function(KernelInfoGetConstantInputTensor))(
                info,
                index,
                &isConstant,
                &tensor
            )
        );
        return tensor == 0 ? null : Values(tensor);
    }

    /// <summary>What allocates memory of the kernel's device, until it is released.</summary>
    public static nint Allocator(nint info)
    {
        // OrtMemTypeDefault
        nint allocator;
        Check(((delegate* unmanaged<nint, int, nint*, nint>)Function(KernelInfoGetAllocator))(info, 0, &allocator));
        return allocator;
    }

    /// <summary>Releases an allocator, which otherwise holds the memory of its session.</summary>
    public static void Release(nint allocator) =>
        ((delegate* unmanaged<nint, void>)Function(ReleaseAllocator))(allocator);

    /// <summary>Memory of an allocator.</summary>
    public static void* Allocate(nint allocator, nuint bytes)
    {
        void* memory;
        Check(((delegate* unmanaged<nint, nuint, void**, nint>)Function(AllocatorAlloc))(allocator, bytes, &memory));
        return memory;
    }

    /// <summary>Gives memory back to its allocator.</summary>
    public static void Free(nint allocator, void* memory) =>
        Check(((delegate* unmanaged<nint, void*, nint>)Function(AllocatorFree))(allocator, memory));

    /// <summary>An input of a run.</summary>
    public static nint Input(nint context, nuint index)
    {
        nint tensor;
        Check(
            ((delegate* unmanaged<nint, nuint, nint*, nint>)Function(KernelContextGetInput))(context, index, &tensor)
        );
        return tensor;
    }

    /// <summary>The output of a run, of a shape.</summary>
    public static nint Output(nint context, ReadOnlySpan<long> shape)
    {
        nint tensor;
        fixed (long* first = shape)
            Check(
                ((delegate* unmanaged<nint, nuint, long*, nuint, nint*, nint>)Function(KernelContextGetOutput))(
                    context,
                    0,
                    first,
                    (nuint)shape.Length,
                    &tensor
                )
            );
        return tensor;
    }

    /// <summary>The values of a tensor.</summary>
    public static float* Values(nint tensor)
    {
        void* values;
        Check(((delegate* unmanaged<nint, void**, nint>)Function(GetTensorMutableData))(tensor, &values));
        return (float*)values;
    }

    /// <summary>The four sides of a tensor.</summary>
    /// <exception cref="InvalidOperationException">It has another number of dimensions.</exception>
    public static void Shape(nint tensor, Span<long> sides)
    {
        nint info;
        Check(((delegate* unmanaged<nint, nint*, nint>)Function(GetTensorTypeAndShape))(tensor, &info));
        try
        {
            nuint count;
            Check(((delegate* unmanaged<nint, nuint*, nint>)Function(GetDimensionsCount))(info, &count));
            if (count != (nuint)sides.Length)
                throw new InvalidOperationException(
                    $"A convolution's input has {count} dimensions, not {sides.Length}."
                );
            fixed (long* first = sides)
                Check(((delegate* unmanaged<nint, long*, nuint, nint>)Function(GetDimensions))(info, first, count));
        }
        finally
        {
            ((delegate* unmanaged<nint, void>)Function(ReleaseTensorTypeAndShapeInfo))(info);
        }
    }

    /// <summary>Runs a function in the runtime's threads, the calling one among them.</summary>
    /// <param name="context">The run.</param>
    /// <param name="times">How many times.</param>
    /// <param name="function">Gets the data and a number.</param>
    /// <param name="data">The data.</param>
    public static void Parallel(nint context, int times, delegate* unmanaged<nint, nuint, void> function, nint data) =>
        Check(
            (
                (delegate* unmanaged<nint, delegate* unmanaged<nint, nuint, void>, nuint, nuint, nint, nint>)Function(
                    KernelContextParallelFor
                )
            )(context, function, (nuint)times, 0, data)
        );

    private static T Attribute<T>(int function, nint info, string name)
        where T : unmanaged
    {
        T value;
        fixed (byte* first = Utf8(name))
            Check(((delegate* unmanaged<nint, byte*, void*, nint>)Function(function))(info, first, &value));
        return value;
    }

    private static void Check(nint status)
    {
        if (status == 0)
            return;
        string? message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)Function(GetErrorMessage))(status));
        ((delegate* unmanaged<nint, void>)Function(ReleaseStatus))(status);
        throw new InvalidOperationException(message);
    }

    private static byte[] Utf8(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    private static nint Function(int number) => ((nint*)s_functions.Value)[number];

    private static nint Find()
    {
        // The library that the .NET library has loaded, wherever it is.
        if (
            !NativeLibrary.TryLoad("onnxruntime", typeof(InferenceSession).Assembly, null, out nint library)
            || !NativeLibrary.TryGetExport(library, "OrtGetApiBase", out nint getBase)
        )
            return 0;
        // OrtApiBase begins with GetApi(version), which returns null where the runtime is older.
        nint* api = ((delegate* unmanaged<nint*>)getBase)();
        return ((delegate* unmanaged<uint, nint>)api[0])(Version);
    }
}
