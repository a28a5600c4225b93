import type { errorEn } from './error-en.js';
import type { Rich } from './rich.js';

/** The same in Simplified Chinese. */
export const errorZhCn: typeof errorEn = {
  error: {
    codeLabel: '错误',
    descriptionLabel: '详情',
    supportLabel: '支持代码',
    goTo: (name): Rich => ['前往“', name, '”'],
    goOn: '继续',
    account: '前往你的账号',
    wait: (wait) => `请等待 ${wait}后再试。`,
    kinds: {
      client: {
        title: '无法答复此应用的请求',
        what: '把你带到这里的应用，发来的请求有误。没有向它提供任何信息。',
        next: '请返回重试。如果再次看到此页面，请把支持代码告诉该应用的维护人员。',
      },
      expired: {
        title: '等待的时间太久了',
        what: '为了你的安全，登录只会等待一段时间。没有提供任何信息。',
        next: '请回到应用，重新开始。',
      },
      finished: {
        title: '这次登录已经完成',
        what: '它先前已经完成，也许是在另一个标签页中。没有重复做任何事。',
        next: '请回到应用。如果它仍要求登录，请从那里重新开始。',
      },
      foreign: {
        title: '这次登录属于另一个浏览器',
        what: '登录只能在开始它的浏览器中完成。没有提供任何信息。',
        next: '请在此浏览器中打开应用，并从那里登录。',
      },
      form: {
        title: '无法接受此表单',
        what: '页面打开的时间太久，或者浏览器阻止了本站的 Cookie。没有任何改动。',
        next: '请返回，重新加载页面，再做一次刚才的操作。',
      },
      invalid: {
        title: '没有这个选项',
        what: '表单中的选择不在页面提供的选项之中。没有允许任何内容。',
        next: '请回到应用，重新开始。',
      },
      'set-up-link': {
        title: '此设置链接已失效',
        what: '它只能使用一次，有效期为 24 小时，并且只在还没有管理员时有效。',
        next: '如果你已经创建了账号，请登录。否则请重新启动服务，它会显示一个新的链接。',
      },
      'action-link': {
        title: '链接已失效',
        what: '这种链接只能使用一次，而且有效期很短。没有任何改动。',
        next: '请重新申请一个链接；如果要做的事已经完成，请直接登录。',
      },
      unvetted: {
        title: '返回之前请留意',
        what: '无法满足此应用的请求，而且这里还没有人核查过它。没有向它提供任何信息。',
        next: '只有当你认识此应用，并且确实想使用它时，才继续。',
      },
      'not-found': {
        title: '这里没有页面',
        what: '地址可能输错了，或者页面已经移走。',
        next: '请检查地址，或者从你的账号开始。',
      },
      method: {
        title: '此页面不能单独打开',
        what: '它是多个步骤中的一步，需要先完成上一步。没有任何改动。',
        next: '请从应用或你的账号重新开始。',
      },
      forbidden: {
        title: '此页面未对你开放',
        what: '你的账号无权访问它。',
        next: '如果工作需要，请联系管理员，并附上支持代码。',
      },
      busy: {
        title: '此刻人太多了',
        what: '收到的请求超过了此刻能够处理的数量。什么都没有丢失。',
        next: '请稍等片刻再试。',
      },
      server: {
        title: '这里出了点问题',
        what: '问题出在我们这边，并且已经记录下来。你的最后一步没有保存，之前的都已保存。',
        next: '请稍后再试。如果再次发生，请把支持代码告诉管理员。',
      },
    },
  },
};
