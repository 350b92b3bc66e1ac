using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>
/// Small files whose runs take gigabytes between two operators, though input and result have the image's size; written
/// by onnx's own Python helpers.
/// </summary>
public sealed class LargeModels : IDisposable
{
    private const string Script = """
        import sys, numpy as np, onnx
        from onnx import helper as h, TensorProto as T, numpy_helper as nh
        out=sys.argv[1]
        def v(n): return h.make_tensor_value_info(n,T.FLOAT,['n',3,n+'h',n+'w'])
        def i64(n,*a): return nh.from_array(np.array(a,np.int64),n)
        def f32(n,*a): return nh.from_array(np.array(a,np.float32),n)
        def save(name,nodes,init=(),opset=13,**k):
            g=h.make_graph(nodes,'m',[v('x')],[v('y')],list(init),**k)
            m=h.make_model(g,opset_imports=[h.make_opsetid('',opset)]); m.ir_version=8 if opset<18 else 9
            onnx.save(m,f'{out}/{name}.onnx')
        N=h.make_node
        # huge values in between; the result has the image's size
        like=[N('Shape',['x'],['s']),N('Resize',['big','','','s'],['y'],mode='nearest')]
        save('resize',[N('Resize',['x','','','z'],['big'],mode='nearest'),*like],[i64('z',1,3,20000,20000)])
        save('scales',[N('Resize',['x','','k'],['big'],mode='nearest'),*like],[f32('k',1,1,1000,1000)])
        save('upsample',[N('Upsample',['x','k'],['big'],mode='nearest'),N('MaxPool',['big'],['y'],kernel_shape=[1,1],strides=[1000,1000])],[f32('k',1,1,1000,1000)],opset=9)
        save('pad',[N('Pad',['x','p'],['big']),*like],[i64('p',0,0,0,0,0,0,20000,20000)])
        save('tile',[N('Tile',['x','t'],['big']),*like],[i64('t',1,1,1000,1000)])
        save('expand',[N('Unsqueeze',['x','a'],['u']),N('Expand',['u','e'],['w']),N('ReduceMax',['w'],['y'],axes=[0],keepdims=0)],[i64('a',0),i64('e',200000,1,3,1,1)])
        save('constant-of-shape',[N('ConstantOfShape',['z'],['c']),N('ReduceMax',['c'],['r']),N('Add',['x','r'],['y'])],[i64('z',3000000000)])
        save('transposed',[N('ConvTranspose',['x','w'],['big'],strides=[1000,1000]),*like],[nh.from_array(np.ones((3,3,3,3),np.float32),'w')])
        save('range',[N('Range',['a','b','c'],['r']),N('Cast',['r'],['f'],to=1),N('ReduceMax',['f'],['q'],keepdims=1),N('Mul',['q','zero'],['q0']),N('Add',['x','q0'],['y'])],
          [nh.from_array(np.array(0,np.int64),'a'),nh.from_array(np.array(2000000000,np.int64),'b'),nh.from_array(np.array(1,np.int64),'c'),f32('zero',0)])
        save('random',[N('RandomNormal',[],['r'],shape=[1,2000000000]),N('ReduceMax',['r'],['q'],keepdims=0),N('Mul',['q','zero'],['q0']),N('Add',['x','q0'],['y'])],[f32('zero',0)])
        save('matmul',[N('Reshape',['x','col'],['c']),N('Transpose',['c'],['r']),N('MatMul',['c','r'],['m']),N('ReduceMax',['m'],['q'],keepdims=0),N('Mul',['q','zero'],['q0']),N('Add',['x','q0'],['y'])],[i64('col',-1,1),f32('zero',0)])
        save('attributes',[N('MatMul',['a','b'],['m']),N('ReduceMax',['m'],['q'],keepdims=0),N('Mul',['q','zero'],['q0']),N('Add',['x','q0'],['y'])],
          [nh.from_array(np.ones((40000,1),np.float32),'a'),nh.from_array(np.ones((1,40000),np.float32),'b'),f32('zero',0)])
        save('computed',[N('Shape',['x'],['s']),N('Slice',['s','o0','o2'],['bc']),N('Slice',['s','o2','o4'],['hw']),N('Mul',['hw','k'],['hw2']),N('Concat',['bc','hw2'],['z'],axis=0),N('Resize',['x','','','z'],['big'],mode='nearest'),*like[1:]],
          [i64('o0',0),i64('o2',2),i64('o4',4),i64('k',1000,1000)])
        # a loop that doubles the height 20 times
        body=h.make_graph([N('Concat',['xin','xin'],['xo'],axis=2),N('Identity',['c'],['co'])],'b',
         [h.make_tensor_value_info('i',T.INT64,[]),h.make_tensor_value_info('c',T.BOOL,[]),h.make_tensor_value_info('xin',T.FLOAT,None)],
         [h.make_tensor_value_info('co',T.BOOL,[]),h.make_tensor_value_info('xo',T.FLOAT,None)])
        save('loop',[N('Loop',['m','t','x'],['big'],body=body),*like],[nh.from_array(np.array(20,np.int64),'m'),nh.from_array(np.array(True),'t')])
        then=h.make_graph([N('Resize',['x','','','z'],['b1'],mode='nearest'),N('Resize',['b1','','','s'],['b2'],mode='nearest')],'t',[],[h.make_tensor_value_info('b2',T.FLOAT,None)])
        els=h.make_graph([N('Identity',['x'],['e'])],'e',[],[h.make_tensor_value_info('e',T.FLOAT,None)])
        save('if',[N('Shape',['x'],['s']),N('ReduceMax',['x'],['q'],keepdims=0),N('Less',['q','h'],['cond']),N('If',['cond'],['y'],then_branch=then,else_branch=els)],[i64('z',1,3,20000,20000),nh.from_array(np.array(5e8,np.float32),'h')])
        # sparse weights, small in the file
        vals=h.make_tensor('sp',T.FLOAT,[1],[1.0]); idx=h.make_tensor('sp_i',T.INT64,[1],[0])
        save('sparse',[N('ReduceMax',['sp'],['q'],keepdims=0),N('Mul',['q','zero'],['q0']),N('Add',['x','q0'],['y'])],[f32('zero',0)],sparse_initializer=[h.make_sparse_tensor(vals,idx,[2000000000])])

        # Sizes that depend on what the image shows: 60 values of 40 MB, all alive at the end.
        many=[N('ReduceMax',['x'],['q'],keepdims=0),N('Add',['q','ten'],['c']),N('Cast',['c'],['n0'],to=7),N('Reshape',['n0','one'],['z'])]
        for i in range(60): many+=[N('ConstantOfShape',['z'],[f'c{i}'],value=h.make_tensor('v',T.FLOAT,[1],[float(i)])),N('Sqrt',[f'c{i}'],[f's{i}'])]
        many+=[N('Sum',[f's{i}' for i in range(60)],['t']),N('ReduceMax',['t'],['u'],keepdims=0),N('Add',['x','u'],['y'])]
        save('by-content',many,[nh.from_array(np.array(1e7,np.float32),'ten'),i64('one',1)])
        # Loads slowly, runs quickly.
        save('many-nodes',[N('Neg',[f't{i}' if i else 'x'],[f't{i+1}' if i<9999 else 'y']) for i in range(10000)])
        # Takes much for large images, little for small tiles.
        save('wide',[N('Conv',['x','w'],['a'],pads=[1,1,1,1]),N('Conv',['a','v'],['y'])],[nh.from_array(np.zeros((256,3,3,3),np.float32),'w'),nh.from_array(np.ones((3,256,1,1),np.float32),'v')])
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string? _why = PythonOracle.WhyMissing("onnx", "numpy");

    public LargeModels()
    {
        if (_why is null)
            PythonOracle.Run(Script, _folder.Path);
    }

    public string File(string name)
    {
        Assert.SkipWhen(_why is not null, _why ?? "");
        return _folder.File($"{name}.onnx");
    }

    public void Dispose() => _folder.Dispose();
}
